import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openState, type State } from "./index.ts";
import { newPlace, type Place } from "./places.testing.ts";

let kept: Place;
let state: State;
let nowMs: number;

beforeEach(async () => {
  kept = await newPlace();
  nowMs = Date.parse("2026-11-23T12:00:00Z");
  state = await openState(kept.place, () => new Date(nowMs));
});

afterEach(async () => {
  await state.close();
  await kept.remove();
});

const yahoo = (...subjects: readonly string[]) => subjects.map((subject) => ({ source: "yahoo", subject }));
const gap = (subject: string, code: string) => ({ source: "yahoo", subject, code });

describe("problems of market sources", () => {
  it("stand since they were first found, with what was found last", async () => {
    await state.market.note(yahoo("A", "B"), [gap("A", "timed_out"), gap("B", "no_answer")]);
    nowMs += 60_000;
    await state.market.note(yahoo("A", "B"), [gap("A", "unreadable")]);
    expect(await state.market.problems()).toEqual([
      { ...gap("A", "unreadable"), since: "2026-11-23T12:00:00.000Z" },
    ]);
  });

  it("are untouched by a try that did not ask about them, or asked another source", async () => {
    await state.market.note(yahoo("A"), [gap("A", "timed_out")]);
    await state.market.note([{ source: "bcb", subject: "A" }, ...yahoo("C")], []);
    expect(await state.market.problems()).toMatchObject([{ subject: "A" }]);
    await state.market.note(yahoo("A"), []);
    expect(await state.market.problems()).toEqual([]);
  });

  it("come with when each kind of run last succeeded", async () => {
    expect(await state.market.lastRun("refresh")).toBeNull();
    await state.market.noteRun("refresh");
    nowMs += 1_000;
    await state.market.noteRun("refresh");
    expect(await state.market.lastRun("refresh")).toEqual(new Date(nowMs));
    expect(await state.market.lastRun("quotes")).toBeNull();
  });
});

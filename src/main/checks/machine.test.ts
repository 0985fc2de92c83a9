import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { wordsOf } from "../words/words.ts";
import { checkCalendar, checkCharts, checkDisk, checkNode } from "./machine.ts";

const words = wordsOf("pt");

describe("the machine", () => {
  it.each([
    ["v24.0.0", "ok"],
    ["v26.1.0", "ok"],
    ["v22.18.0", "broken"],
    ["v9.9.9", "broken"],
  ])("with Node %s is %s", (version, mark) => {
    expect(checkNode(version, words).mark).toBe(mark);
  });

  it.each([
    ["2027-10-31T12:00:00Z", "ok"],
    ["2027-11-01T12:00:00Z", "warning"],
    ["2027-12-31T12:00:00Z", "warning"],
    ["2028-01-01T01:00:00Z", "warning"],
    ["2028-01-01T12:00:00Z", "broken"],
  ])("whose calendar ends with 2027 is at %s (Brasília's day counts): %s", (now, mark) => {
    expect(checkCalendar(new Date(now), words, 2027).mark).toBe(mark);
  });

  it("tells the free space also of a folder that is not there yet", async () => {
    expect((await checkDisk(join(tmpdir(), "not", "there"), words)).text).toContain("GB");
  });

  it("draws", async () => {
    expect(await checkCharts(words)).toEqual({ mark: "ok", text: words.doctor.charts });
  });
});

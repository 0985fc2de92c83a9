import { afterEach, beforeEach, expect, it } from "vitest";
import { openState, type State } from "../../state/index.ts";
import { newPlace, type Place } from "../../state/places.testing.ts";
import { wordsOf } from "../words/words.ts";
import { checkPipeline } from "./pipeline.ts";

const ATTEMPTS = { max: 3, aloneFrom: 2 };
let place: Place;
let state: State;
let now: Date;

beforeEach(async () => {
  now = new Date("2026-11-23T12:00:00Z");
  place = await newPlace();
  state = await openState(place.place, () => now);
});

afterEach(async () => {
  await state.close();
  await place.remove();
});

const check = async (language = "pt") => {
  const { mark, text } = await checkPipeline(state, now, wordsOf(language));
  return `${mark} ${text}`;
};
const wait = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};

it("the pipeline on Glue is told by what waits, what runs and what failed", async () => {
  expect(await check()).toBe("ok pipeline no Glue: nada na fila, e nenhuma execução ainda");
  await state.requests.keepRebuild("r");
  expect(await check()).toMatch(/^ok /);
  wait(6);
  expect(await check()).toMatch(/^warning .*1 pedido espera há 6 min e nenhuma execução começou; a Lambda/);
  await state.requests.queue("r");
  await state.runs.claim("run1", { requestsMax: 10, attempts: ATTEMPTS });
  wait(3);
  expect(await check()).toBe("ok pipeline no Glue: execução run1 em andamento (claimed) há 3 min");
  wait(60);
  expect(await check("en")).toMatch(
    /^warning pipeline on Glue: run run1 has been claimed for 63 min; look at/,
  );
  for (const id of ["run1", "run2", "run3"]) {
    await state.runs.fail(id, "job_failed", ATTEMPTS);
    await state.runs.claim(`run${Number(id.slice(3)) + 1}`, { requestsMax: 10, attempts: ATTEMPTS });
    wait(1);
  }
  expect(await check()).toMatch(
    /^warning .*a última execução, run3, falhou \(job_failed\); veja o job no Glue$/,
  );
  await state.requests.keepRebuild("s");
  await state.requests.queue("s");
  await state.runs.claim("run4", { requestsMax: 10, attempts: ATTEMPTS });
  await state.runs.noteStarted("run4", "job");
  await state.runs.notePublishing("run4");
  await state.runs.settle("run4", []);
  expect(await check()).toBe("ok pipeline no Glue: nada na fila; a última execução, run4, terminou bem");
});

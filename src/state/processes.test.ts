import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openState } from "./index.ts";
import { newPlace, type Place } from "./places.testing.ts";

/** What only shows between processes: each script runs in a Node of its own, on one state. */

let kept: Place;
let file: string;

beforeEach(async () => {
  kept = await newPlace();
  file = kept.place;
});

afterEach(async () => {
  await kept.remove();
});

interface Child {
  readonly ended: Promise<string>;
  readonly firstLine: Promise<void>;
  kill(): void;
}

/** Runs a script with `openState` and `file` at hand; `ended` is what it printed, and fails when it failed. */
function run(script: string): Child {
  const preamble = `import { openState } from ${JSON.stringify(new URL("./index.ts", import.meta.url).href)};
    const file = ${JSON.stringify(file)};`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", preamble + script]);
  let printed = "";
  let complained = "";
  const firstLine = new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk) => {
      printed += String(chunk);
      resolve();
    });
  });
  child.stderr.on("data", (chunk) => {
    complained += String(chunk);
  });
  const ended = new Promise<string>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0 || signal === "SIGKILL") resolve(printed);
      else reject(new Error(`exit ${code}: ${complained}`));
    });
  });
  return { ended, firstLine, kill: () => child.kill("SIGKILL") };
}

describe("two processes", () => {
  it("that make the same state at once both get a whole one", async () => {
    const children = [1, 2, 3].map(() =>
      run(
        "const state = await openState(file); console.log((await state.uploads.list(1)).length); await state.close();",
      ),
    );
    expect(await Promise.all(children.map((child) => child.ended))).toEqual(["0\n", "0\n", "0\n"]);
  });

  it("share out events, each to exactly one", async () => {
    const script = `const state = await openState(file); let won = 0;
      for (let i = 0; i < 200; i += 1) if (await state.events.claim("event-" + i)) won += 1;
      console.log(won); await state.close();`;
    const won = await Promise.all([run(script).ended, run(script).ended]);
    expect(Number(won[0]) + Number(won[1])).toBe(200);
  });

  it("give uploads numbers of their own", async () => {
    const script = `const state = await openState(file); const numbers = [];
      for (let i = 0; i < 50; i += 1) numbers.push((await state.uploads.create({
        id: process.pid + "-" + i, fileName: "a.csv", sha256: "00", bronzeKey: "b", kind: null, userId: "u",
        clientId: null, receivedAt: "2026-11-23T12:00:00Z", status: "received", counts: null, silverKey: null,
        quarantineKey: null, replaces: null })).seq);
      console.log(JSON.stringify(numbers)); await state.close();`;
    const numbers = (await Promise.all([run(script).ended, run(script).ended])).flatMap((text) =>
      JSON.parse(text),
    );
    expect(new Set(numbers).size).toBe(100);
  });

  it("take turns under a lease", async () => {
    const counter = join(kept.folder, "counter");
    await writeFile(counter, "0");
    const script = `import { readFile, writeFile } from "node:fs/promises";
      const counter = ${JSON.stringify(counter)}; const state = await openState(file);
      for (let i = 0; i < 15; i += 1) await state.withLease("count", async () => {
        const value = Number(await readFile(counter, "utf8"));
        await new Promise((resolve) => setTimeout(resolve, 1));
        await writeFile(counter, String(value + 1));
      });
      await state.close();`;
    await Promise.all([run(script).ended, run(script).ended]);
    expect(await readFile(counter, "utf8")).toBe("30");
  });

  it("inherit the lease of one that was killed, once it has expired", async () => {
    const child = run(`const state = await openState(file);
      await state.withLease("pipeline", async () => {
        console.log("in"); await new Promise((resolve) => setTimeout(resolve, 60_000)); }, { ttlMs: 1000 });`);
    await child.firstLine;
    const state = await openState(file);
    await expect(state.withLease("pipeline", async () => 1, { waitMs: 0 })).rejects.toMatchObject({
      code: "busy",
    });
    child.kill();
    await child.ended;
    expect(await state.withLease("pipeline", async () => "mine", { waitMs: 10_000 })).toBe("mine");
    await state.close();
  });
});

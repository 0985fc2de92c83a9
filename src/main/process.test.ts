import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** The program as a process: what only shows there. */

const PROGRAM = fileURLToPath(new URL("./carteira.mjs", import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "process-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function start(...args: string[]): {
  child: ChildProcess;
  said: () => string;
  ended: Promise<number | null>;
} {
  const environment = { PATH: process.env["PATH"], CARTEIRA_HOME: join(folder, "book"), PORT: "0" };
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: folder, env: environment });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said += String(chunk);
    });
  }
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, said: () => said, ended };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries += 1) {
    if (tries > 400) throw new Error("waited too long");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("the program", () => {
  it("exits with the code of its command", async () => {
    const helped = start("--help");
    const mistaken = start("ask", "--nada");
    const notSetUp = start("uploads");
    expect(await Promise.all([helped.ended, mistaken.ended, notSetUp.ended])).toEqual([0, 2, 3]);
    expect(helped.said()).toContain("npx carteira ask");
  });

  it("serves until it is told to stop, and then ends well", async () => {
    await writeFile(join(folder, "c.csv"), "cliente;nome;corretor\nc1;Ana Souza;corretor1\n");
    expect(await start("ingest", "c.csv", "--as", "admin").ended).toBe(0);
    const service = start("serve");
    await until(() => service.said().includes("http://"));
    const url = /http:\/\/\S+/.exec(service.said())?.[0] ?? "";
    const page = await fetch(url);
    expect(page.status).toBe(200);
    const taken = start("serve", "--port", new URL(url).port);
    expect(await taken.ended).toBe(1);
    expect(taken.said()).toContain("já está em uso");
    service.child.kill("SIGTERM");
    expect(await service.ended).toBe(0);
    expect(service.said()).not.toMatch(/\n\s+at /);
  });
});

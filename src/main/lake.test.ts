import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { run } from "./cli.ts";

/** A port that nobody listens on. */
async function deadPort(): Promise<number> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const address = server.address();
  const { promise: closed, resolve: done } = Promise.withResolvers<void>();
  server.close(() => done());
  await closed;
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

describe("a bucket that is not to be had", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "carteira-away-"));
    vi.stubEnv("AWS_ENDPOINT_URL_S3", `http://127.0.0.1:${await deadPort()}`);
    vi.stubEnv("AWS_REGION", "sa-east-1");
    vi.stubEnv("AWS_ACCESS_KEY_ID", "nobody");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "hush");
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ["pt", /^O S3 não responde \(bucket carteira-lake\)\. Confira a rede, [^\n]+\n$/],
    ["en", /^S3 does not answer \(bucket carteira-lake\)\. Check the network, [^\n]+\n$/],
  ])("is told in one sentence (%s)", async (language, sentence) => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await run(["demo", "--home", join(folder, language), "--lang", language], {
      stdout: { write: (text: string) => out.push(text) > 0 },
      stderr: { write: (text: string) => err.push(text) > 0 },
      environment: { CARTEIRA_LAKE_BUCKET: "carteira-lake" },
      workingFolder: folder,
      now: () => new Date("2026-11-20T21:00:00Z"),
      stop: new AbortController().signal,
    });
    expect([code, out.join(""), err.join("")]).toEqual([1, "", expect.stringMatching(sentence)]);
  });
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { killDeliveries } from "./killed-deliveries.testing.ts";
import { seeded } from "./seeded.testing.ts";

/** A small one of test/bench/deliveries.ts. */

it("digests of workers that are killed arrive once each, or stand as unknown where nobody can tell", async () => {
  const folder = await mkdtemp(join(tmpdir(), "killed-deliveries-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const account = await killDeliveries({
    place: join(folder, "state.db"),
    rows: 150,
    kills: 4,
    workers: 2,
    livesMs: 250,
    random: seeded(11),
  });
  expect(account).toMatchObject({ twice: 0, lost: 0, other: 0, unknownAskable: 0 });
  expect(account.confirmed + account.unknown).toBe(150);
  // It did misbehave, and they were killed.
  expect(account.kills).toBeGreaterThan(0);
  expect(account.answers.failed).toBeGreaterThan(0);
  expect(account.answers.confirmed).toBeGreaterThan(150);
  expect(account.sends).toBeGreaterThan(200);
}, 60_000);

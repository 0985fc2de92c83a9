import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killDeliveries } from "../killed-deliveries.testing.ts";
import { seeded } from "../seeded.testing.ts";

/**
 * 2,000 digests over a channel that fails 5 % of the sends, asks to wait on 1 % and loses the answer of 1 %, while the workers
 * are killed 30 times: `node test/bench/deliveries.ts [POSTGRES-URL]`. Prints what became of them; ends with 1 where one was
 * lost, came twice, or is unknown though the channel could be asked.
 */

const folder = await mkdtemp(join(tmpdir(), "bench-deliveries-"));
const place = process.argv[2] ?? join(folder, "state.db");
try {
  const account = await killDeliveries({
    place,
    rows: 2_000,
    kills: 30,
    workers: 2,
    livesMs: 1_200,
    random: seeded(2_000),
  });
  const { answers } = account;
  console.table({
    "digests planned": account.rows.length,
    confirmed: account.confirmed,
    "unknown (the channel cannot be asked)": account.unknown,
    "unknown, though it can be asked": account.unknownAskable,
    neither: account.other,
    "messages at the channel": account.arrived,
    "there twice": account.twice,
    "confirmed, but not there": account.lost,
    "workers killed": account.kills,
    "sends begun": account.sends,
    "answered 503": answers.failed,
    "answered 429": answers.limited,
    "accepted without an answer": answers.unanswered,
    "looked for": answers.looks,
    seconds: Math.round(account.tookMs / 1_000),
  });
  if (account.twice + account.lost + account.other + account.unknownAskable > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

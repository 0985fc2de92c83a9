import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Lake } from "../../src/lake/lake.ts";
import type { KeepBody } from "../../src/market/sources/source.ts";
import { dayIn } from "../../src/money/day.ts";

const compress = promisify(gzip);
const HASH_CHARACTERS = 12;

/**
 * Keeps what a market source answers, as received and before anybody reads it: gzip, under a key with the source, the day
 * (São Paulo), the moment and the bytes' hash, so that nothing is ever written over.
 */
export function keepInBronze(lake: Lake): KeepBody {
  return async ({ source, name, receivedAt, status, body }) => {
    const hash = createHash("sha256").update(body).digest("hex").slice(0, HASH_CHARACTERS);
    const time = receivedAt.toISOString().replace(/[-:.]/g, "");
    const key = `bronze/source=${source}/received=${dayIn(receivedAt)}/${time}-${name}-${status}-${hash}.gz`;
    // The same bytes at the same moment are the same object.
    if (!(await lake.exists(key))) await lake.put(key, await compress(body));
  };
}

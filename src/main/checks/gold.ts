import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { countRows } from "../../../pipeline/gold/count-rows.ts";
import { differingInputs } from "../../../pipeline/gold/plan.ts";
import { readManifest } from "../../../pipeline/gold/publish.ts";
import type { UploadRecord } from "../../../pipeline/ports.ts";
import {
  type GoldFile,
  type GoldManifest,
  QUOTES_POINTER,
  type QuotesManifest,
} from "../../contracts/gold.ts";
import type { Lake } from "../../lake/lake.ts";
import { sessionOnOrBefore, sessionsBetween } from "../../market/calendar.ts";
import { dayIn } from "../../money/day.ts";
import type { Words } from "../words/words.ts";
import { broken, type Check, ok, warning } from "./check.ts";

/** Before today's close the newest price is yesterday's, so one session of age is nothing to warn of. */
const PRICE_AGE_SESSIONS_MAX = 1;

export interface GoldLook {
  readonly lake: Lake;
  /** The uploads whose rows should count; null where the state could not be read. */
  readonly active: readonly UploadRecord[] | null;
  readonly now: Date;
  /** Whether to read every file and compare it with what was published. */
  readonly deep: boolean;
}

/** Whether what is published is whole, current, and made from the uploads that count. */
export async function checkGold(look: GoldLook, words: Words): Promise<readonly Check[]> {
  let manifest: GoldManifest | null;
  let files: readonly GoldFile[];
  try {
    manifest = (await readManifest(look.lake))?.manifest ?? null;
    files =
      manifest === null ? [] : [...Object.values(manifest.tables).flat(), ...(await quotesFiles(look.lake))];
  } catch {
    return [broken(words.doctor.goldUnreadable)];
  }
  if (manifest === null) {
    return look.active === null || look.active.length === 0
      ? [warning(words.doctor.goldNone)]
      : [warning(words.doctor.inputsDiffer(look.active.length))];
  }
  return [
    await checkFiles(manifest.runId, files, look, words),
    ...(look.active === null ? [] : [checkInputs(manifest, look.active, words)]),
    checkPriceAge(manifest, look.now, words),
  ];
}

async function quotesFiles(lake: Lake): Promise<readonly GoldFile[]> {
  const pointer = await lake.readPointer(QUOTES_POINTER);
  // Gold is published before its quotes: without a pointer of their own the publication is not whole.
  if (pointer === null) throw new Error("there is no pointer to the newest quotes");
  const body = await lake.read(`speed/manifests/${pointer.content}.json`);
  const manifest = JSON.parse(Buffer.concat(await body.toArray()).toString("utf8")) as QuotesManifest;
  return [manifest.file];
}

async function checkFiles(
  runId: string,
  files: readonly GoldFile[],
  { lake, deep }: GoldLook,
  words: Words,
): Promise<Check> {
  const missing: string[] = [];
  const changed: string[] = [];
  for (const file of files) {
    if (!(await lake.exists(file.key))) missing.push(file.key);
    else if (deep && !(await isAsPublished(lake, file))) changed.push(file.key);
  }
  if (missing[0] !== undefined) return broken(words.doctor.goldMissing(missing.length, missing[0]));
  if (changed[0] !== undefined) return broken(words.doctor.goldChanged(changed.length, changed[0]));
  return ok(deep ? words.doctor.goldDeep(runId, files.length) : words.doctor.gold(runId, files.length));
}

/** By its bytes; where another engine has written it, and nobody knows what they were, by the number of its rows. */
async function isAsPublished(lake: Lake, { key, rows, sha256 }: GoldFile): Promise<boolean> {
  return sha256 === undefined
    ? (await countRows(await lake.stage(key))) === rows
    : (await sha256Of(lake, key)) === sha256;
}

async function sha256Of(lake: Lake, key: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(await lake.read(key), hash);
  return hash.digest("hex");
}

function checkInputs(manifest: GoldManifest, active: readonly UploadRecord[], words: Words): Check {
  const differing = differingInputs(manifest.inputs, active);
  return differing === 0
    ? ok(words.doctor.inputsEqual(active.length))
    : warning(words.doctor.inputsDiffer(differing));
}

function checkPriceAge(manifest: GoldManifest, now: Date, words: Words): Check {
  const priced = manifest.tables.prices_daily.some(({ rows }) => rows > 0);
  if (!priced || manifest.asOf === null) return warning(words.doctor.priceNone);
  const last = sessionOnOrBefore(dayIn(now));
  const age = manifest.asOf >= last ? 0 : sessionsBetween(manifest.asOf, last).length - 1;
  const text = words.doctor.priceAge(words.day(manifest.asOf), age);
  return age > PRICE_AGE_SESSIONS_MAX ? warning(text) : ok(text);
}

import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type ContractName, contractOf } from "../../src/contracts/kinds/index.ts";
import type { FileContract } from "../../src/contracts/kinds/kind.ts";
import type { ReasonLanguage } from "../../src/contracts/kinds/reasons.ts";
import type { Lake } from "../../src/lake/lake.ts";
import { dayIn } from "../../src/money/day.ts";
import type { Engine } from "../engine.ts";
import type { RowIssue, UploadCounts, UploadRecord } from "../ports.ts";
import { checkRows } from "./check.ts";
import type { Constants } from "./content.ts";
import { givenByName } from "./file-name.ts";
import { placeRows, tallyRows, writeSilver } from "./promote.ts";
import { fileIssue, ISSUES_MAX, quarantineKey, rejectedKey, writeQuarantine } from "./quarantine.ts";
import { writeRejected } from "./rejected.ts";
import { compareSettlements } from "./settlements.ts";
import { FileRefused, type Recognised, type Staged } from "./staged.ts";

/** Above this share of rejected rows nothing of a file is promoted: 1 in 5. */
export const REJECTED_ONE_IN = 5;

/** What became of a file. Nothing of it counts until the ledger activates the upload. */
export interface Loaded {
  readonly status: "active" | "repeated" | "not_promoted";
  readonly counts: UploadCounts;
  readonly issues: readonly RowIssue[];
  readonly silverKey: string | null;
  readonly quarantineKey: string | null;
}

export interface LoadRequest {
  readonly upload: UploadRecord;
  readonly recognised: Recognised;
  readonly active: readonly UploadRecord[];
  readonly language: ReasonLanguage;
  readonly now: Date;
  /** Table of the clients (`client_id`) that the sender may load for. */
  readonly allowedClients: string;
  /** An empty folder for this file alone. */
  readonly folder: string;
}

/**
 * Takes a recognised file from its raw bytes to silver: staged, checked, split into good rows and quarantine,
 * compared with what is there. Publishes the files into the lake but leaves the ledger to the caller, so that a
 * crash at any point leaves nothing that counts. Throws FileRefused where no row can be read.
 */
export async function loadFile(
  engine: Engine,
  lake: Lake,
  request: LoadRequest,
  onProgress: (fraction: number) => void,
): Promise<Loaded> {
  const checked = await check(engine, request, onProgress);
  const { contract, staged, checkedPath } = checked;
  const tally = await tallyRows(engine, checkedPath, staged.bad);
  if (tally.rows === 0) throw new FileRefused({ code: "file_empty" }, request.recognised.kind);
  const { language, active } = request;
  const warnings = staged.warnings.map((warning) => fileIssue(warning, language));
  const unsettled = await compareSettlements(engine, lake, { contract, checkedPath, active, language });
  const rejected =
    tally.rejected > 0 ? await quarantine(engine, lake, { ...request, ...checked }) : NOTHING_REJECTED;
  const issues = [...warnings, ...rejected.issues, ...unsettled].slice(0, ISSUES_MAX);
  const quarantineKey = rejected.key;
  await rm(staged.path);
  if (tally.rejected * REJECTED_ONE_IN > tally.rows) {
    const share = fileIssue({ code: "file_share", detail: percent(tally.rejected, tally.rows) }, language);
    const loaded = tally.rows - tally.rejected - tally.elsewhere;
    const counts = {
      rows: tally.rows,
      loaded,
      replaced: 0,
      repeated: tally.elsewhere,
      rejected: tally.rejected,
    };
    return { status: "not_promoted", counts, issues: [share, ...issues], silverKey: null, quarantineKey };
  }
  const { placed, superseded, silverPath } = await place(engine, lake, { ...request, ...checked });
  const counts = {
    rows: tally.rows,
    loaded: placed.loaded,
    replaced: placed.replaced + superseded,
    repeated: placed.repeated + tally.elsewhere,
    rejected: tally.rejected,
  };
  if (!placed.changes) return { status: "repeated", counts, issues, silverKey: null, quarantineKey };
  const silverKey = `silver/${contract.table}/upload=${request.upload.id}.parquet`;
  await lake.publish(silverPath, silverKey);
  return { status: "active", counts, issues, silverKey, quarantineKey };
}

interface Checked {
  readonly contract: FileContract;
  readonly staged: Staged;
  /** Parquet of every row, typed, with what is wrong with it. */
  readonly checkedPath: string;
  readonly constants: Constants;
}

const NOTHING_REJECTED: { readonly key: string | null; readonly issues: readonly RowIssue[] } = {
  key: null,
  issues: [],
};

async function check(
  engine: Engine,
  request: LoadRequest,
  onProgress: (fraction: number) => void,
): Promise<Checked> {
  const { upload, recognised, folder } = request;
  const contract = contractOf(recognised.kind);
  const given = givenByName(recognised.kind, upload);
  const staged = await recognised.stage(folder, (fraction) => onProgress(fraction / 3));
  const checkedPath = join(folder, "checked.parquet");
  const constants = await checkRows(engine, {
    contract,
    staged,
    today: dayIn(request.now),
    clientId: upload.clientId,
    given,
    receivedAt: upload.receivedAt.replace("T", " ").replace("Z", ""),
    allowedClients: request.allowedClients,
    outPath: checkedPath,
  });
  onProgress(2 / 3);
  return { contract, staged, checkedPath, constants };
}

async function place(engine: Engine, lake: Lake, request: LoadRequest & Checked) {
  const { upload, contract, active } = request;
  const silverPath = join(request.folder, "silver.parquet");
  const written = { ...request, outPath: silverPath, uploadId: upload.id, fileName: upload.fileName };
  const superseded = await writeSilver(engine, written);
  return {
    silverPath,
    superseded,
    placed: await placeRows(engine, lake, { contract, upload, silverPath, active }),
  };
}

async function quarantine(
  engine: Engine,
  lake: Lake,
  request: LoadRequest & Checked,
): Promise<{ readonly key: string; readonly issues: readonly RowIssue[] }> {
  const outPath = join(request.folder, "quarantine.parquet");
  const issues = await writeQuarantine(engine, { ...request, outPath });
  const key = quarantineKey(request.upload.id);
  const rowsPath = join(request.folder, "rejected.csv");
  await writeRejected(engine, { ...request, outPath: rowsPath });
  // The rows first: where the issues are, the rows are.
  await lake.publish(rowsPath, rejectedKey(key));
  await lake.publish(outPath, key);
  return { key, issues };
}

function percent(part: number, whole: number): string {
  return `${Math.round((part * 100) / whole)}%`;
}

/** The order in which files that come together are taken: what others refer to comes first. */
export const LOAD_ORDER: Readonly<Record<ContractName, number>> = {
  clients: 0,
  instruments: 1,
  actions: 2,
  prices: 3,
  yahoo_history: 4,
  tesouro_prices: 5,
  operations: 6,
  b3_trades: 7,
  b3_movements: 8,
  positions: 9,
  b3_positions: 10,
};

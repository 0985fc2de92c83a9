import type { Lake } from "../../src/lake/lake.ts";
import type { ArrivalSender } from "../glue/stage.ts";
import type { RowIssue } from "../ports.ts";
import type { Request } from "./ports.ts";

const FOLDER = "bronze/requests/";
const KEY = /^bronze\/requests\/([0-9A-Za-z-]{1,80})\.json$/;

/** The request that an object of the lake tells of; null for any other object. */
export function requestOf(key: string): string | null {
  return KEY.exec(key)?.[1] ?? null;
}

/**
 * Tells the pipeline of a request: the object that S3 sends an event about. It is written when the upload's row and bytes
 * are there. What counts is the state's own copy, so that an object by itself lets nobody load anything. Safe to repeat.
 */
export async function tellPipeline(
  lake: Lake,
  { id, uploadId, sender }: Pick<Request, "id" | "uploadId" | "sender">,
): Promise<void> {
  const body = { version: 1, id, upload: uploadId, sender: sender === null ? null : readSender(sender) };
  await lake.put(`${FOLDER}${id}.json`, Buffer.from(JSON.stringify(body)));
}

export function writeSender({ admin, brokers, kind, language }: ArrivalSender): string {
  return JSON.stringify({ admin, brokers, kind, language });
}

export function readSender(text: string): ArrivalSender {
  return JSON.parse(text) as ArrivalSender;
}

/** Where the reasons lie for which a file was refused before the job saw it. */
export function refusedKey(runId: string, uploadId: string): string {
  return `runs/${runId}/refused/${uploadId}.json`;
}

export async function writeRefused(
  lake: Lake,
  at: { readonly runId: string; readonly uploadId: string },
  issues: readonly RowIssue[],
): Promise<void> {
  await lake.put(refusedKey(at.runId, at.uploadId), Buffer.from(JSON.stringify({ issues })));
}

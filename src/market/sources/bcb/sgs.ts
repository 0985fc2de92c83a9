import * as z from "zod";
import type { StatedPoint, StatedPoints } from "./points.ts";
import type { DayWindow } from "./windows.ts";

/**
 * SGS, the bank's time series. Its errors come as XML, HTML or JSON, with any status, also 200; a window without
 * points may come as an empty list or as 404 with `Value(s) not found`.
 */

/** SGS refuses longer windows of a daily series with 406 (since 2025-03-26). */
export const SGS_YEARS_MAX = 10;

const NOTHING_FOUND = /"[^"]*value\(s\) not found/i;

const SERIES = z.array(
  z.object({ data: z.string(), valor: z.union([z.string(), z.number().transform(String), z.null()]) }),
);

export function sgsPath(series: number, window: DayWindow): string {
  const days = `dataInicial=${brazilianDay(window.from)}&dataFinal=${brazilianDay(window.to)}`;
  return `/dados/serie/bcdata.sgs.${series}/dados?formato=json&${days}`;
}

/** The points of an answer with the status 200 or 404; null where it is no answer to the question. */
export function readSgs(status: number, body: string): StatedPoints {
  if (body.trimStart().startsWith("{") && NOTHING_FOUND.test(body)) return [];
  if (status !== 200) return null;
  const read = SERIES.safeParse(parseJson(body));
  return read.success
    ? read.data.map(({ data, valor }): StatedPoint => ({ day: isoDay(data), value: valor }))
    : null;
}

/** The value of a JSON text; undefined where it is none. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function brazilianDay(day: string): string {
  return day.split("-").reverse().join("/");
}

/** `03/09/2026` -> `2026-09-03`; what is written otherwise becomes no day and is refused with its point. */
function isoDay(text: string): string {
  return /^\d{2}\/\d{2}\/\d{4}$/.test(text) ? text.split("/").reverse().join("-") : text;
}

import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { drawChart } from "../../charts/draw.ts";
import { CALENDAR_YEARS, calendarReach } from "../../market/calendar.ts";
import { dayIn } from "../../money/day.ts";
import type { Words } from "../words/words.ts";
import { broken, type Check, ok, warning } from "./check.ts";

const NODE_MAJOR_MIN = 24;
const GIGABYTE = 1e9;
const DISK_WARNING_GB = 2;
const DISK_BROKEN_GB = 0.2;
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

export function checkNode(version: string, words: Words): Check {
  const major = Number(/^v?(\d+)/.exec(version)?.[1] ?? 0);
  return major >= NODE_MAJOR_MIN ? ok(words.doctor.node(version)) : broken(words.doctor.nodeOld(version));
}

/** Whether sessions and bank days are known for long enough: the tables of holidays end with a year. */
export function checkCalendar(now: Date, words: Words, lastYear: number = CALENDAR_YEARS.last): Check {
  const today = dayIn(now);
  switch (calendarReach(today, lastYear)) {
    case "ended":
      return broken(words.doctor.calendarEnded(Number(today.slice(0, 4))));
    case "ending":
      return warning(words.doctor.calendarEnding(lastYear));
    case "covered":
      return ok(words.doctor.calendar(lastYear));
  }
}

/** Free space where the folder is, or where it would be made. */
export async function checkDisk(folder: string, words: Words): Promise<Check> {
  const { bavail, bsize } = await statfsOfNearest(folder);
  const gigabytes = (bavail * bsize) / GIGABYTE;
  const free = `${gigabytes.toLocaleString(words.language === "pt" ? "pt-BR" : "en-US", { maximumFractionDigits: 1 })} GB`;
  if (gigabytes < DISK_BROKEN_GB) return broken(words.doctor.diskLow(free));
  return gigabytes < DISK_WARNING_GB ? warning(words.doctor.diskLow(free)) : ok(words.doctor.disk(free));
}

async function statfsOfNearest(folder: string): Promise<{ bavail: number; bsize: number }> {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return await statfs(at);
    } catch (error) {
      if (dirname(at) === at) throw error;
    }
  }
}

/** Draws a small chart for real: the library, its fonts and the picture's encoding. */
export async function checkCharts(words: Words): Promise<Check> {
  try {
    const png = await drawChart({
      type: "bars",
      title: "Ação",
      subtitle: "",
      bars: [{ label: "PETR4", value: 1, valueText: "1" }],
      style: "plain",
      language: words.language,
    });
    const drawn = PNG_SIGNATURE.equals(png.subarray(0, PNG_SIGNATURE.length));
    return drawn ? ok(words.doctor.charts) : broken(words.doctor.chartsBroken);
  } catch {
    // Whatever the reason, the cure is the same: install again.
    return broken(words.doctor.chartsBroken);
  }
}

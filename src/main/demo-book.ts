import { addMonths, dayIn, startOfMonth } from "../money/day.ts";
import { DEMO_BROKERS } from "./demo/clients.ts";
import { type DemoFile, extendDemo, generateDemo } from "./demo/demo.ts";
import { type DemoInfo, HomeError, homePaths, readHome, rewriteHome } from "./home.ts";
import type { Intake } from "./ingest.ts";
import type { Shell } from "./shell.ts";
import { showSteps } from "./steps.ts";

/** Who asks on a demo where nobody is named. */
export const DEMO_BROKER = DEMO_BROKERS[0];
export const DEMO_CLIENTS = { default: 60, min: 4, max: 20_000 } as const;

const SEED = 2026;
const MONTHS_OF_HISTORY = 24;
/** Who loaded the demo's files, in the list of uploads. */
const DEMO_USER = "demo";

/** A demo of about two years up to the day of `now`, nothing of it generated yet. */
export function newDemo(now: Date, clients: number = DEMO_CLIENTS.default): DemoInfo {
  const start = startOfMonth(addMonths(dayIn(now), -MONTHS_OF_HISTORY));
  return { version: 1, demo: true, seed: SEED, clients, start, through: null };
}

export interface DemoHome {
  readonly folder: string;
  readonly intake: Intake;
}

/**
 * Makes the files that the demo lacks up to today and takes them through the same pipeline as any other. Safe to
 * call at once from several processes, and again after one died: rows that are there already change nothing.
 */
export async function bringDemoUpToDate({ folder, intake }: DemoHome, shell: Shell): Promise<DemoInfo> {
  const { words, io } = shell;
  const today = dayIn(io.now());
  const found = await readDemo(folder);
  if (isCurrent(found, today)) {
    await intake.refresh(showSteps(shell, words.demoSubject));
    return found;
  }
  return intake.exclusively(async ({ load }) => {
    const info = await readDemo(folder);
    if (isCurrent(info, today)) return info;
    shell.terminal.progress(info.through === null ? words.demoMaking : words.demoExtending, null);
    const files = filesOf(info, today);
    if (files.length > 0) {
      const { results } = await load(requestOf(files, shell), showSteps(shell, words.demoSubject));
      const refused = results.find(({ counts }) => counts.rejected > 0);
      if (refused !== undefined) throw new Error(`the demo's own ${refused.upload.fileName} was refused`);
    }
    const current = { ...info, through: today };
    await rewriteHome(folder, current);
    return current;
  });
}

async function readDemo(folder: string): Promise<DemoInfo> {
  const info = await readHome(folder);
  if (info === null || !info.demo) throw new HomeError("broken", homePaths(folder).info);
  return info;
}

function isCurrent(info: DemoInfo, today: string): boolean {
  return info.through !== null && info.through >= today;
}

function filesOf({ seed, start, clients, through }: DemoInfo, today: string): readonly DemoFile[] {
  const options = { seed, start, clients, today };
  return through === null ? generateDemo(options) : extendDemo({ ...options, from: through });
}

function requestOf(files: readonly DemoFile[], { words }: Shell): Parameters<Intake["load"]>[0] {
  return {
    files,
    userId: DEMO_USER,
    admin: true,
    brokers: "all",
    clientId: null,
    kind: null,
    replaces: null,
    language: words.language,
  };
}

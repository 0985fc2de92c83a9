import { constants } from "node:fs";
import { access } from "node:fs/promises";
import type { Config } from "../../config.ts";
import { openState, type State, StateError } from "../../state/index.ts";
import { HomeError, type HomeInfo, homePaths, readHome } from "../home.ts";
import type { Words } from "../words/words.ts";
import { broken, type Check, ok, warning } from "./check.ts";

/** Whether there is a book, and whether its folder can be used. `info` is null where there is none. */
export async function checkHome(
  folder: string,
  words: Words,
): Promise<{ readonly checks: readonly Check[]; readonly info: HomeInfo | null }> {
  let info: HomeInfo | null;
  try {
    info = await readHome(folder);
  } catch (error) {
    if (!(error instanceof HomeError)) throw error;
    const text = error.code === "broken" ? words.doctor.homeBroken(error.path) : words.homeIsFile(error.path);
    return { checks: [broken(text)], info: null };
  }
  if (info === null) return { checks: [warning(words.doctor.homeMissing(folder))], info };
  return { checks: [await checkAccess(folder, words), ok(words.doctor.homeKind(info.demo))], info };
}

async function checkAccess(folder: string, words: Words): Promise<Check> {
  const usable = await isUsable(folder);
  return usable ? ok(words.doctor.homeUsable(folder)) : broken(words.doctor.homeNotUsable(folder));
}

async function isUsable(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Opens the state and lets it check itself. `state` is null where it cannot be used; the caller closes it. */
export async function checkState(
  { home, stateUrl }: Pick<Config, "home" | "stateUrl">,
  words: Words,
): Promise<{ readonly check: Check; readonly state: State | null }> {
  const file = homePaths(home).state;
  // Opening would make a new one, which is not what was lost.
  if (stateUrl === null && !(await isUsable(file)))
    return { check: broken(words.doctor.stateMissing), state: null };
  try {
    const state = await openState(stateUrl ?? file, undefined, { mayMake: false });
    const [problem] = await state.problems();
    return {
      check: problem === undefined ? ok(words.doctor.state) : broken(words.doctor.stateBroken(problem)),
      state,
    };
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    return { check: broken(textOf(error, words)), state: null };
  }
}

function textOf({ code, message }: StateError, words: Words): string {
  switch (code) {
    case "newer":
      return words.stateNewer;
    case "unreachable":
      return words.stateUnreachable;
    case "absent":
      return words.stateAbsent;
    default:
      return words.doctor.stateBroken(message);
  }
}

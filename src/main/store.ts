import { access } from "node:fs/promises";
import { openDiskLake } from "../lake/disk.ts";
import type { Lake } from "../lake/lake.ts";
import { openState, type State } from "../state/index.ts";
import { EXIT, Refusal } from "./exit.ts";
import { beginHome, HomeError, type HomeInfo, homePaths, makeFolder, readHome } from "./home.ts";
import type { Shell } from "./shell.ts";

/** What is kept in one home: the objects and the operational state. No engine is loaded for it. */
export interface Store {
  readonly folder: string;
  readonly info: HomeInfo;
  readonly lake: Lake;
  readonly state: State;
  /** Folder for temporary files; only the holder of the pipeline's lease uses it. */
  readonly scratchDir: string;
}

/**
 * Opens the home that the shell is set to; it is closed when the command ends. A home that is not there is begun as
 * `begin` says, and refused (not set up) where nothing is said. Throws Refusal, HomeError, StateError.
 */
export async function openStore(shell: Shell, begin?: HomeInfo): Promise<Store> {
  const folder = shell.config.home;
  const found = await readHome(folder);
  if (found === null && begin === undefined) throw new Refusal(EXIT.notSetUp, shell.words.noBook(folder));
  const paths = homePaths(folder);
  const { stateUrl } = shell.config;
  // A home whose ledger is gone must not get an empty one: the next build would publish an empty book.
  if (found === null) await makeFolder(folder);
  else if (stateUrl === null) await mustExist(paths.state);
  const state = await openState(stateUrl ?? paths.state, shell.io.now, { mayMake: found === null });
  shell.onEnd(() => state.close());
  const lake = await openDiskLake(paths.lake);
  // The home is announced last, so that one that is announced is whole.
  const info = found ?? (begin === undefined ? null : await beginHome(folder, begin));
  if (info === null) throw new HomeError("broken", paths.info);
  return { folder, info, lake, state, scratchDir: paths.scratch };
}

async function mustExist(path: string): Promise<void> {
  try {
    await access(path);
  } catch (error) {
    throw new HomeError("broken", path, error);
  }
}

import { access } from "node:fs/promises";
import { readManifest } from "../../pipeline/gold/publish.ts";
import type { Lake } from "../lake/lake.ts";
import { openState, type State } from "../state/index.ts";
import { EXIT, Refusal } from "./exit.ts";
import { beginHome, HomeError, type HomeInfo, homePaths, makeFolder, REAL_HOME, readHome } from "./home.ts";
import { openLake } from "./lake.ts";
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
 * `wanted` says, and refused (not set up) where nothing is said. Throws Refusal, HomeError, StateError, LakeError.
 */
export async function openStore(shell: Shell, wanted?: HomeInfo): Promise<Store> {
  const { config, io, words } = shell;
  const folder = config.home;
  // On Glue the folder holds nothing of the book: each task of the service begins with an empty one.
  const begin = wanted ?? (config.glue === null ? undefined : REAL_HOME);
  const found = await readHome(folder);
  const paths = homePaths(folder);
  const shared = found === null && (await hasSharedBook(shell));
  if (found === null && begin === undefined && !shared)
    throw new Refusal(EXIT.notSetUp, words.noBook(folder));
  // A home whose ledger is gone must not get an empty one: the next build would publish an empty book.
  if (found === null) await makeFolder(folder);
  else if (config.stateUrl === null) await mustExist(paths.state);
  const mayMake = found === null && !shared;
  const state = await openState(config.stateUrl ?? paths.state, io.now, { mayMake });
  shell.onEnd(() => state.close());
  const lake = await openLake(config);
  const fresh = shared ? REAL_HOME : begin;
  // The home is announced last, so that one that is announced is whole.
  const info = found ?? (fresh === undefined ? null : await beginHome(folder, fresh));
  if (info === null) throw new HomeError("broken", paths.info);
  return { folder, info, lake, state, scratchDir: paths.scratch };
}

/**
 * Whether the bucket holds a book already, which a new machine then takes part in: its state has to be shared as well.
 * Throws Refusal where it is not: an empty ledger beside a full bucket would publish an empty book over it. A demo says in
 * its home what it is made of, so that it is not shared.
 */
async function hasSharedBook({ config, words }: Shell): Promise<boolean> {
  if (config.lake === null) return false;
  const published = await readManifest(await openLake(config));
  if (published === null) return false;
  if (config.stateUrl === null || published.manifest.demo) {
    throw new Refusal(EXIT.badInput, words.lakeTaken(config.lake.bucket, config.home));
  }
  return true;
}

async function mustExist(path: string): Promise<void> {
  try {
    await access(path);
  } catch (error) {
    throw new HomeError("broken", path, error);
  }
}

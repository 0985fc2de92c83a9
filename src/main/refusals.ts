import type { Config } from "../config.ts";
import { LakeError } from "../lake/lake.ts";
import { StateError } from "../state/index.ts";
import { WarehouseError } from "../warehouse/warehouse.ts";
import { EXIT, Refusal } from "./exit.ts";
import { HomeError } from "./home.ts";
import type { Words } from "./words/words.ts";

const CAUSES_MAX = 10;

/** What the person is told about an error that they can do something about; null for any other. */
export function refusalOf(
  error: unknown,
  words: Words,
  config: Pick<Config, "home" | "lake">,
): Refusal | null {
  if (error instanceof Refusal) return error;
  for (let at = error, depth = 0; at instanceof Error && depth < CAUSES_MAX; at = at.cause, depth += 1) {
    const refusal = known(at, words, config);
    if (refusal !== null) return refusal;
  }
  return null;
}

function known(error: Error, words: Words, config: Pick<Config, "home" | "lake">): Refusal | null {
  const { badInput, notSetUp } = EXIT;
  const folder = config.home;
  if (error instanceof LakeError && config.lake !== null) {
    if (error.code === "missing") return new Refusal(badInput, words.lakeLacks(config.lake.bucket), error);
    if (error.code !== "unavailable") return null;
    return new Refusal(badInput, words.lakeAway[error.away ?? "silent"](config.lake.bucket), error);
  }
  if (error instanceof HomeError) {
    switch (error.code) {
      case "broken":
        return new Refusal(badInput, words.brokenHome(error.path), error);
      case "not_a_folder":
        return new Refusal(badInput, words.homeIsFile(error.path), error);
      case "not_writable":
        return new Refusal(badInput, words.homeNotUsable(error.path), error);
    }
  }
  if (error instanceof StateError) {
    switch (error.code) {
      case "newer":
        return new Refusal(badInput, words.stateNewer, error);
      case "unreachable":
        return new Refusal(badInput, words.stateUnreachable, error);
      case "absent":
        return new Refusal(badInput, words.stateAbsent, error);
      case "unreadable":
      case "corrupt":
        return new Refusal(badInput, words.stateUnreadable(folder), error);
      case "busy":
        return new Refusal(badInput, words.busy, error);
      case "lost":
        return new Refusal(badInput, words.overtaken, error);
      case "conflict":
        return new Refusal(badInput, words.overtakenUpload, error);
      case "missing":
        return null;
    }
  }
  if (error instanceof WarehouseError && (error.code === "refused" || error.code === "timeout"))
    return new Refusal(badInput, words.engineFault[error.code], error);
  switch ("code" in error ? error.code : undefined) {
    case "not_ready":
      return new Refusal(notSetUp, words.emptyBook(folder), error);
    case "ENOSPC":
    case "EDQUOT":
      return new Refusal(badInput, words.diskFull, error);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new Refusal(badInput, words.noPermission("path" in error ? String(error.path) : folder), error);
    default:
      return null;
  }
}

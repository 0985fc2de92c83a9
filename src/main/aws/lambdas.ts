import { readBatch } from "../../../pipeline/lambda/events.ts";
import type { PipelineDeps } from "../../../pipeline/lambda/ports.ts";
import { PlanShelf, type WatchDeps } from "../market/watch.ts";
import { openLoader } from "../warehouse.ts";
import { withOpened } from "./kept.ts";
import { loadWhereItCan } from "./loading.ts";
import { marketDeps, onMarket } from "./market.ts";
import type { Opened } from "./opened.ts";
import { onPipeline, pipelineDeps } from "./pipeline.ts";

/** What each Lambda keeps while it keeps what it is made of. */
let working: { readonly opened: Opened; readonly deps: PipelineDeps } | null = null;

/** The pipeline's Lambda: see onPipeline. */
export async function pipeline(event: unknown): Promise<unknown> {
  const result = await withOpened(async (opened) => {
    const { config, logger, store } = opened;
    if (working?.opened !== opened) {
      const loader = await openLoader(config, store.lake);
      const deps = pipelineDeps(opened, loader === null ? null : loadWhereItCan(loader, logger));
      working = { opened, deps };
    }
    return await onPipeline(working.deps, { event, job: config.glue.job, logger });
  });
  // A schedule comes again by itself; what a queue holds must come again.
  if (result === "absent" && readBatch(event, "") !== null)
    throw new Error("no service has begun a book yet");
  return result;
}

/** The plan of the published book is read once. */
let watching: { readonly opened: Opened; readonly deps: WatchDeps; readonly plans: PlanShelf } | null = null;

/** The market's Lambda: see onMarket. */
export function market(): Promise<unknown> {
  return withOpened(async (opened) => {
    if (watching?.opened !== opened) {
      const deps = marketDeps(opened);
      watching = { opened, deps, plans: new PlanShelf(deps) };
    }
    const did = await onMarket(watching.deps, watching.plans);
    opened.note("market", { did });
    return { did };
  });
}

import { PlanShelf, type WatchDeps } from "../market/watch.ts";
import { withOpened } from "./kept.ts";
import { marketDeps, onMarket } from "./market.ts";
import type { Opened } from "./opened.ts";
import { onPipeline, pipelineDeps } from "./pipeline.ts";

/** The pipeline's Lambda: see onPipeline. */
export function pipeline(event: unknown): Promise<unknown> {
  return withOpened((opened) => {
    const { config, logger } = opened;
    return onPipeline(pipelineDeps(opened, null), { event, job: config.glue.job, logger });
  });
}

/** What the market's Lambda keeps while it keeps what it is made of: the plan of the published book is read once. */
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

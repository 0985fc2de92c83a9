import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CATALOGUE } from "./catalogue.ts";
import { TestStore } from "./gold.testing.ts";
import { ReadyRedshift } from "./redshift-ready.ts";
import { type CatalogueQuery, type Snapshot, type Warehouse, WarehouseError } from "./warehouse.ts";

let store: TestStore;
let snapshot: Snapshot;
let loaded: Set<string>;
let looked: string[];
let brought: string[];
let fault: Error | null;
let redshift: ReadyRedshift;

beforeEach(async () => {
  store = await TestStore.make();
  await store.publish({ quotes_latest: [] }, { asOf: "2026-11-20" });
  const runId = store.pointers.get("gold/CURRENT") ?? "";
  const quotesRunId = store.pointers.get("speed/CURRENT") ?? "";
  snapshot = { runId, quotesRunId, asOf: "2026-11-20", demo: false };
  loaded = new Set([`gold ${runId}`]);
  looked = [];
  brought = [];
  fault = null;
  const inner: Warehouse = {
    current: async () => snapshot,
    run: async (of) => [{ run: of.runId }],
    close: async () => {},
  };
  redshift = new ReadyRedshift(inner, store, {
    async has(what, runId) {
      looked.push(runId);
      if (fault !== null) throw fault;
      return loaded.has(`${what} ${runId}`);
    },
    async loadQuotes(quotes) {
      brought.push(quotes.runId);
      loaded.add(`quotes ${quotes.runId}`);
    },
  });
});
afterEach(() => store.remove());

const run = (query: CatalogueQuery, of = snapshot) => redshift.run(of, query, {});

describe("Redshift that answers about what it holds", () => {
  it("looks once whether a run is there, and brings no quotes that nobody wants", async () => {
    expect(await run(CATALOGUE.clientDays)).toEqual([{ run: snapshot.runId }]);
    await Promise.all([run(CATALOGUE.clientDays), run(CATALOGUE.bookDays)]);
    expect(looked).toEqual([snapshot.runId]);
    expect(brought).toEqual([]);
  });

  it("says of a run that is not there that it is not, and looks again", async () => {
    loaded.clear();
    await expect(run(CATALOGUE.clientDays)).rejects.toMatchObject({ code: "not_ready" });
    loaded.add(`gold ${snapshot.runId}`);
    await expect(run(CATALOGUE.clientDays)).resolves.toHaveLength(1);
    expect(looked).toHaveLength(2);
  });

  it("brings the quotes that a query reads, once for all who want them", async () => {
    await Promise.all([run(CATALOGUE.bookClientMoves), run(CATALOGUE.bookClientMoves)]);
    await run(CATALOGUE.bookClientMoves);
    expect(brought).toEqual([snapshot.quotesRunId]);
  });

  it("brings none that another process brought, and none where there never were any", async () => {
    loaded.add(`quotes ${snapshot.quotesRunId}`);
    await run(CATALOGUE.bookClientMoves);
    await run(CATALOGUE.bookClientMoves, { ...snapshot, quotesRunId: null });
    expect(brought).toEqual([]);
  });

  it("tries again after a fault", async () => {
    fault = new WarehouseError("timeout", "busy");
    await expect(run(CATALOGUE.clientDays)).rejects.toMatchObject({ code: "timeout" });
    fault = null;
    await expect(run(CATALOGUE.clientDays)).resolves.toHaveLength(1);
  });
});

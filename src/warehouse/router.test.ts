import { describe, expect, it } from "vitest";
import { CATALOGUE } from "./catalogue.ts";
import { layerOf } from "./layers.ts";
import { routeQueries } from "./router.ts";
import { type CatalogueQuery, type Snapshot, type Warehouse, WarehouseError } from "./warehouse.ts";

const SNAPSHOT: Snapshot = { runId: "run-1", quotesRunId: "quotes-1", asOf: null, demo: false };

/** An engine that answers with its name, or fails, and what it was asked. */
function engine(name: string) {
  const asked: [string, Snapshot][] = [];
  const state: { error: Error | null; closed: boolean } = { error: null, closed: false };
  const warehouse: Warehouse = {
    current: async () => SNAPSHOT,
    async run(snapshot, query) {
      asked.push([query.name, snapshot]);
      if (state.error !== null) throw state.error;
      return [{ engine: name }];
    },
    async close() {
      state.closed = true;
    },
  };
  return { asked, state, warehouse };
}

function routed() {
  const speed = engine("athena");
  const batch = engine("redshift");
  const away: string[] = [];
  let clock = 1_000_000;
  const warehouse = routeQueries({
    speed: speed.warehouse,
    batch: batch.warehouse,
    onAway: (query, { code }) => away.push(`${query} ${code}`),
    now: () => clock,
  });
  const ask = async (query: CatalogueQuery) =>
    (await warehouse.run(SNAPSHOT, query, {})).map((row) => row["engine"]);
  const pass = (ms: number) => {
    clock += ms;
  };
  return { speed, batch, away, warehouse, ask, pass };
}

describe("the router", () => {
  it("asks one engine for history, performance, risk and rankings, and the other for the rest", async () => {
    const { ask, speed, batch } = routed();
    expect(await ask(CATALOGUE.clientDays)).toEqual(["redshift"]);
    expect(await ask(CATALOGUE.clientSummaries)).toEqual(["redshift"]);
    expect(await ask(CATALOGUE.clientPositions)).toEqual(["athena"]);
    expect([...speed.asked, ...batch.asked].map(([, snapshot]) => snapshot)).toEqual(Array(3).fill(SNAPSHOT));
  });

  it("says of what reads years of rows that it is batch", () => {
    const wrong = Object.values(CATALOGUE).filter(
      (query) =>
        /\{(portfolio_daily|position_spans|curve_daily)\}/.test(query.sql) && layerOf(query) !== "batch",
    );
    expect(wrong).toEqual([]);
  });

  it("lets the other engine answer what one cannot, and says so", async () => {
    const { ask, batch, away } = routed();
    batch.state.error = new WarehouseError("failed", "no");
    expect(await ask(CATALOGUE.clientDays)).toEqual(["athena"]);
    expect(away).toEqual(["client_days failed"]);
    batch.state.error = null;
    expect(await ask(CATALOGUE.bookDays)).toEqual(["redshift"]);
  });

  it.each(["timeout", "refused"] as const)(
    "leaves an engine alone for a while that said %s",
    async (code) => {
      const { ask, batch, away, pass } = routed();
      batch.state.error = new WarehouseError(code, "no");
      expect(await ask(CATALOGUE.clientDays)).toEqual(["athena"]);
      batch.state.error = null;
      expect(await ask(CATALOGUE.bookDays)).toEqual(["athena"]);
      expect(batch.asked).toHaveLength(1);
      expect(away).toHaveLength(1);
      pass(60_000);
      expect(await ask(CATALOGUE.bookDays)).toEqual(["redshift"]);
    },
  );

  it("hides no mistake of the program, and fails where both do", async () => {
    const { ask, speed, batch } = routed();
    batch.state.error = new TypeError("a mistake");
    await expect(ask(CATALOGUE.clientDays)).rejects.toThrow("a mistake");
    batch.state.error = new WarehouseError("failed", "no");
    speed.state.error = new WarehouseError("timeout", "neither");
    await expect(ask(CATALOGUE.clientDays)).rejects.toMatchObject({ code: "timeout" });
  });

  it("closes both", async () => {
    const { warehouse, speed, batch } = routed();
    await warehouse.close();
    expect([speed.state.closed, batch.state.closed]).toEqual([true, true]);
  });
});

import { describe, expect, it } from "vitest";
import type { Snapshot, Warehouse } from "../warehouse/warehouse.ts";
import { BrokerShelf } from "./broker-shelf.ts";

const version = (runId: string): Snapshot => ({ runId, quotesRunId: null, asOf: null, demo: false });

function shelf() {
  const asked: string[] = [];
  const state = { fails: false };
  const warehouse: Warehouse = {
    current: async () => null,
    async run({ runId }) {
      asked.push(runId);
      if (state.fails) throw new Error("away");
      return [{ broker_id: `corretor of ${runId}` }];
    },
    close: async () => {},
  };
  return { asked, state, brokers: new BrokerShelf(warehouse) };
}

describe("the brokers of a version", () => {
  it("are read once for all who ask, and anew for another version", async () => {
    const { asked, brokers } = shelf();
    expect(await Promise.all([brokers.of(version("a")), brokers.of(version("a"))])).toEqual([
      ["corretor of a"],
      ["corretor of a"],
    ]);
    expect(await brokers.of(version("b"))).toEqual(["corretor of b"]);
    expect(asked).toEqual(["a", "b"]);
  });

  it("are asked for again after a failure", async () => {
    const { asked, state, brokers } = shelf();
    state.fails = true;
    await expect(brokers.of(version("a"))).rejects.toThrow("away");
    state.fails = false;
    expect(await brokers.of(version("a"))).toEqual(["corretor of a"]);
    expect(asked).toEqual(["a", "a"]);
  });
});

import { describe, expect, it } from "vitest";
import { catalogueTables } from "./catalogue.ts";
import { GOLD_TABLES } from "./gold.ts";

const tables = catalogueTables("lake");
const byName = (name: string) => tables.find((table) => table.name === name);

describe("the tables of the catalogue", () => {
  it("has a table for each of gold, by run and without anything to register", () => {
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining([...Object.keys(GOLD_TABLES), "quotes_latest"]),
    );
    expect(byName("clients")).toMatchObject({
      location: "s3://lake/gold/clients/",
      partitionKeys: [{ name: "gold_run", type: "string" }],
      parameters: {
        "projection.enabled": "true",
        "projection.gold_run.type": "injected",
        "storage.location.template": `s3://lake/gold/clients/\${gold_run}/`,
      },
    });
    expect(byName("quotes_latest")?.parameters["storage.location.template"]).toBe(
      `s3://lake/speed/quotes_latest/\${gold_run}/`,
    );
  });

  it("writes the types as Hive knows them, exact ones with their digits", () => {
    const types = new Map(byName("portfolio_daily")?.columns.map(({ name, type }) => [name, type]));
    expect(types.get("client_id")).toBe("string");
    expect(types.get("date")).toBe("date");
    expect(types.get("value")).toBe("decimal(38,8)");
    expect(types.get("unpriced")).toBe("bigint");
    expect(types.get("skipped")).toBe("boolean");
    expect(byName("quotes_latest")?.columns.find(({ name }) => name === "price_at")?.type).toBe("timestamp");
  });

  it("keeps names apart, and to what Glue takes", () => {
    expect(new Set(tables.map(({ name }) => name)).size).toBe(tables.length);
    for (const { name, description, columns, partitionKeys, location } of tables) {
      expect(name).toMatch(/^[a-z_]{1,60}$/);
      expect(description.length).toBeLessThanOrEqual(2_048);
      expect(location).toMatch(/^s3:\/\/lake\/[\w/]+\/$/);
      const all = [...columns, ...partitionKeys];
      expect(new Set(all.map((column) => column.name)).size).toBe(all.length);
      for (const { comment, type } of all) {
        expect(comment.length).toBeLessThanOrEqual(255);
        expect(type).toMatch(/^(string|boolean|bigint|date|timestamp|decimal\(\d\d?,\d\d?\))$/);
      }
    }
  });
});

import { expect, it } from "vitest";
import type { GoldManifest } from "../../contracts/gold.ts";
import { WarehouseError } from "../../warehouse/warehouse.ts";
import { loadWhereItCan } from "./loading.ts";

const manifest = { runId: "run" } as GoldManifest;

it("a Redshift that is away keeps no run from being published, and is reported without what it said", async () => {
  const logged: unknown[] = [];
  const logger = { error: (event: string, fields: object) => void logged.push({ event, ...fields }) };
  const away = async () => {
    throw new WarehouseError("timeout", "the workgroup is asleep", new Error("about 'cliente123'"));
  };
  const loader = loadWhereItCan({ load: away, forget: away }, logger);
  expect(await loader?.load(manifest)).toBe(false);
  await loader?.forget(["old"]);
  expect(logged).toMatchObject([{ event: "redshift_not_loaded" }, { event: "redshift_not_cleared" }]);
  expect(JSON.stringify(logged)).not.toContain("cliente123");
});

it("a fault of ours is no excuse", async () => {
  const broken = async () => {
    throw new TypeError("not a function");
  };
  const loader = loadWhereItCan({ load: broken, forget: broken }, { error: () => {} });
  await expect(loader?.load(manifest)).rejects.toThrow(TypeError);
});

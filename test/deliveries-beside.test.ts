import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { homePaths } from "../src/main/home.ts";
import { openState } from "../src/state/index.ts";
import { openCommandLine } from "./command-line.testing.ts";
import { deliveryRows } from "./killed-deliveries.testing.ts";
import { OutletServer } from "./outlet-server.testing.ts";

const WORKER = fileURLToPath(new URL("./delivery-worker.testing.ts", import.meta.url));
const ROWS = 60;

it("the command line lists and sends again beside a service that is sending", async () => {
  const line = await openCommandLine(() => new Date());
  const server = new OutletServer({ fails: 0, limits: 0, losesAnswer: 0 }, () => 0.5);
  const url = await server.open();
  onTestFinished(async () => {
    await server.close();
    await line.remove();
  });
  line.write("clientes.csv", ["cliente;nome;corretor", "c1;Ana;corretor1"]);
  expect((await line.carteira("ingest", "clientes.csv", "--as", "admin")).code).toBe(0);
  const place = homePaths(line.home).state;
  const state = await openState(place);
  await state.deliveries.add(deliveryRows(ROWS));
  await state.close();

  const worker = spawn(process.execPath, [WORKER, place, url], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(worker, "close");
  const listed = async () =>
    JSON.parse((await line.carteira("deliveries", "--limit", "500", "--json")).out) as readonly {
      delivery: string;
      state: string;
    }[];
  let arrived: string | undefined;
  await expect
    .poll(
      async () => {
        arrived = (await listed()).find((row) => row.state === "confirmed")?.delivery;
        return arrived;
      },
      { timeout: 20_000 },
    )
    .toBeDefined();
  expect((await line.carteira("deliveries", "--resend", arrived ?? "")).code).toBe(0);
  expect((await line.carteira("schedules")).code).toBe(0);
  await ended;
  // It may have ended just before: another one sends what was asked for since.
  const last = spawn(process.execPath, [WORKER, place, url], { stdio: ["ignore", "pipe", "inherit"] });
  await once(last, "close");

  const rows = await listed();
  expect(rows).toHaveLength(ROWS + 1);
  expect(rows.filter((row) => row.state !== "confirmed")).toEqual([]);
  expect(server.accepted.filter(({ count }) => count > 1)).toEqual([]);
  const sent = new Set(server.accepted.map(({ key }) => key));
  expect(sent.size).toBe(ROWS + 1);
}, 60_000);

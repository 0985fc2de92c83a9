import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runManifest } from "../../pipeline/glue/manifest.ts";
import { manifestKey } from "../../pipeline/glue/run.ts";
import { stageArrival } from "../../pipeline/glue/stage.ts";
import { readManifest } from "../../pipeline/gold/publish.ts";
import { publishRunQuotes } from "../../pipeline/gold/run-quotes.ts";
import { advance } from "../../pipeline/lambda/advance.ts";
import type { PipelineDeps } from "../../pipeline/lambda/ports.ts";
import { sweep } from "../../pipeline/lambda/sweep.ts";
import { openDiskLake } from "../../src/lake/disk.ts";
import type { Lake } from "../../src/lake/lake.ts";
import { checkGold } from "../../src/main/checks/gold.ts";
import { createRemoteIntake } from "../../src/main/remote-intake.ts";
import { wordsOf } from "../../src/main/words/words.ts";
import { openState, type State } from "../../src/state/index.ts";
import { runSpark } from "./spark.testing.ts";

/** Files from whoever sends them through the job itself to the published book: the seam between the Lambda and Spark. */

const PYTHON = process.env["CARTEIRA_GLUE_PYTHON"];
const JOB = fileURLToPath(new URL("../../pipeline/glue/job.py", import.meta.url));
const NOW = () => new Date("2026-03-31T21:30:00Z");
const TIMEOUT_MS = 10 * 60_000;

describe.skipIf(PYTHON === undefined)("the Lambda's steps around the Glue job", () => {
  let folder: string;
  let lake: Lake;
  let state: State;
  let deps: PipelineDeps;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "carteira-glue-pipeline-"));
    const root = join(folder, "lake");
    lake = await openDiskLake(root);
    state = await openState(join(folder, "state.db"), NOW);
    const scratchDir = join(folder, "scratch");
    deps = {
      lake,
      ledger: state.uploads,
      requests: state.requests,
      runs: state.runs,
      alone: (work) => state.withLease("pipeline-run", work),
      jobs: {
        async start(runId) {
          const args = ["--manifest", join(root, manifestKey(runId)), "--lake", root, "--run-id", runId];
          await runSpark(PYTHON ?? "", JOB, { args });
          return `jr-${runId}`;
        },
        find: async () => null,
        state: async () => "succeeded",
      },
      stage: (upload, sender) => stageArrival({ lake, scratchDir, now: NOW }, upload, sender),
      manifest: runManifest,
      publishQuotes: (manifest, actions) =>
        publishRunQuotes({ lake, scratchDir, now: NOW }, manifest, actions),
      loader: null,
      now: NOW,
      note: () => {},
    };
  });

  afterAll(async () => {
    await state.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function send(files: Readonly<Record<string, string>>): Promise<void> {
    const intake = createRemoteIntake({ lake, state }, { now: NOW, waitMs: 0 });
    await intake.load(
      {
        files: Object.entries(files).map(([fileName, body]) => ({
          fileName,
          body: Readable.from([Buffer.from(body)]),
        })),
        userId: "admin",
        admin: true,
        brokers: "all",
        clientId: null,
        kind: null,
        replaces: null,
        language: "pt",
      },
      () => {},
    );
    for (const { id } of await state.requests.forgotten(new Date("2100-01-01T00:00:00Z"), 10))
      await state.requests.queue(id);
  }

  it(
    "take what it writes: outcomes, gold that doctor finds whole, and inputs that the sweep finds right",
    async () => {
      await send({
        "operacoes.csv":
          "cliente;data;tipo;ativo;quantidade;preco\nana;02/03/2026;compra;PETR4;100;30,00\nana;xx;compra;PETR4;1;30\n" +
          "ana;03/03/2026;compra;PETR4;5;30\n".repeat(4),
        "clientes.csv": "cliente;nome;corretor\nana;Ana Souza;c1\n",
        "precos.csv": "data;ativo;preco\n27/03/2026;PETR4;31\n30/03/2026;PETR4;32\n",
        "nada.csv": "isto não é nada\n",
      });
      expect(await advance(deps)).toBe("waiting");
      expect(await advance(deps)).toBe("idle");
      const uploads = await state.uploads.list(10);
      expect(
        uploads.map(({ fileName, status, counts }) => [fileName, status, counts?.loaded, counts?.rejected]),
      ).toEqual([
        ["nada.csv", "failed", 0, 0],
        ["precos.csv", "active", 2, 0],
        ["clientes.csv", "active", 1, 0],
        ["operacoes.csv", "active", 5, 1],
      ]);
      expect(await sweep(deps)).toBe("idle");
      const active = await state.uploads.active();
      const checks = await checkGold({ lake, active, now: NOW(), deep: true }, wordsOf("pt"));
      expect(checks.map(({ mark }) => mark)).toEqual(["ok", "ok", "ok"]);
      expect((await readManifest(lake))?.manifest).toMatchObject({ asOf: "2026-03-30" });
    },
    TIMEOUT_MS,
  );
});

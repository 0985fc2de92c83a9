import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEngine, quote } from "../../pipeline/engine.ts";
import { runManifest, type StagedUpload } from "../../pipeline/glue/manifest.ts";
import { type GlueOutcome, manifestKey, outcomeKey, RUN_VERSION } from "../../pipeline/glue/run.ts";
import { stageArrival } from "../../pipeline/glue/stage.ts";
import { openTestBook, type TestBook } from "../../pipeline/gold/book.testing.ts";
import { registerFiles } from "../../pipeline/gold/publish.ts";
import type { UploadRecord } from "../../pipeline/ports.ts";
import { GOLD_TABLES, type GoldTableName } from "../../src/contracts/gold.ts";
import { openDiskLake } from "../../src/lake/disk.ts";
import { compareTable } from "./glue.testing.ts";
import { anyBook } from "./glue-books.testing.ts";
import { runSpark } from "./spark.testing.ts";

const PYTHON = process.env["CARTEIRA_GLUE_PYTHON"];
const JOB = fileURLToPath(new URL("../../pipeline/glue/job.py", import.meta.url));
const NOW = new Date("2026-03-31T21:30:00Z");
const RUN_ID = "20260331-213000-crash";
const TIMEOUT_MS = 10 * 60_000;
/** What an earlier try left, and what another run wrote. */
const BROKEN = "an object that was never finished";
const OTHER = "gold/clients/another-run/part-00000.parquet";

/** A run of the job over files that nobody has checked yet, after a try that broke off. */
describe.skipIf(PYTHON === undefined)("the Glue job from staged files to gold", () => {
  let book: TestBook;
  let dir: string;
  let uploads: readonly UploadRecord[];

  const start = (runId: string): Promise<void> =>
    runSpark(PYTHON ?? "", JOB, {
      args: [
        "--manifest",
        join(dir, manifestKey(RUN_ID)),
        "--lake",
        dir,
        "--run-id",
        runId,
        "--JOB_NAME",
        "x",
      ],
    });
  const outcome = async (): Promise<GlueOutcome> =>
    JSON.parse(await readFile(join(dir, outcomeKey(RUN_ID)), "utf8"));
  const leave = async (key: string): Promise<void> => {
    await mkdir(dirname(join(dir, key)), { recursive: true });
    await writeFile(join(dir, key), BROKEN);
  };
  const keys = async (): Promise<readonly string[]> => {
    const found = await readdir(dir, { recursive: true, withFileTypes: true });
    return found
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(dir.length + 1));
  };

  beforeAll(async () => {
    book = await openTestBook(NOW);
    const loaded = await book.load(anyBook({ seed: 11, clients: 3, operations: 200 }));
    await book.build();
    uploads = loaded.map(({ upload }) => upload);
    dir = await mkdtemp(join(tmpdir(), "carteira-glue-job-"));
    const lake = await openDiskLake(dir);
    const arrivals: StagedUpload[] = [];
    for (const known of uploads) {
      const upload = {
        ...known,
        kind: null,
        status: "received" as const,
        silverKey: null,
        quarantineKey: null,
      };
      await lake.put(upload.bronzeKey, await book.lake.read(upload.bronzeKey));
      const sender = { admin: true, brokers: "all" as const, kind: null, language: "pt" as const };
      const deps = { lake, scratchDir: join(dir, ".scratch"), now: () => NOW };
      arrivals.push({ upload, ...(await stageArrival(deps, upload, sender)) });
    }
    const manifest = runManifest({
      runId: RUN_ID,
      createdAt: NOW,
      today: "2026-03-31",
      active: [],
      arrivals,
    });
    await lake.put(manifestKey(RUN_ID), Buffer.from(JSON.stringify(manifest)));
    const [first] = uploads;
    await leave(first?.silverKey ?? "");
    await leave(`gold/clients/${RUN_ID}/part-00007-broken.parquet`);
    await leave(`runs/${RUN_ID}/scratch/part/part-00000.parquet`);
    await leave(OTHER);
    await start(RUN_ID);
  }, TIMEOUT_MS);

  afterAll(async () => {
    await book.remove();
    await rm(dir, { recursive: true, force: true });
  });

  it("takes what the embedded engine takes, in the order that the files need", async () => {
    const { arrivals, version, runId } = await outcome();
    expect({ version, runId }).toEqual({ version: RUN_VERSION, runId: RUN_ID });
    expect(arrivals.map(({ uploadId }) => uploadId).sort()).toEqual(uploads.map(({ id }) => id).sort());
    for (const upload of uploads) {
      const { status, counts, silverKey, quarantineKey } = upload;
      expect(arrivals.find(({ uploadId }) => uploadId === upload.id)).toMatchObject({
        status,
        counts,
        silverKey,
        quarantineKey,
      });
    }
    expect(uploads.some(({ quarantineKey }) => quarantineKey !== null)).toBe(true);
  });

  it("builds the same gold, and names its files with their rows", async () => {
    const { tables, asOf } = await outcome();
    const embedded = await book.manifest();
    expect(asOf).toBe(embedded.asOf);
    expect(Object.keys(tables).sort()).toEqual(Object.keys(GOLD_TABLES).sort());
    const engine = await openEngine(join(dir, ".reader"));
    try {
      for (const table of Object.keys(GOLD_TABLES) as GoldTableName[]) {
        const files = tables[table];
        expect(files.length).toBeGreaterThan(0);
        for (const { key } of files)
          expect(key).toMatch(new RegExp(`^gold/${table}/${RUN_ID}/part-[^/]*[.]parquet$`));
        await registerFiles(engine, book.lake, "embedded", embedded.tables[table]);
        const paths = files.map(({ key }) => quote(join(dir, key)));
        await engine.run(`create or replace view spark as select * from read_parquet([${paths.join(", ")}])`);
        const rows = files.reduce((sum, file) => sum + file.rows, 0);
        expect(await compareTable(engine, table, rows)).toMatchObject({ differences: 0, examples: [] });
      }
    } finally {
      engine.close();
    }
  });

  it("leaves nothing in the lake but what it names, and what others wrote as it was", async () => {
    const { tables } = await outcome();
    const named = Object.values(tables).flatMap((files) => files.map(({ key }) => key));
    const found = (await keys()).filter((key) => !/^[.]/.test(key));
    expect(found.filter((key) => key.startsWith("gold/")).sort()).toEqual([...named, OTHER].sort());
    expect(found.filter((key) => key.startsWith("runs/")).sort()).toEqual(
      [manifestKey(RUN_ID), outcomeKey(RUN_ID)].sort(),
    );
    expect(found.filter((key) => /_SUCCESS|[.]crc$/.test(key))).toEqual([]);
    expect(await readFile(join(dir, OTHER), "utf8")).toBe(BROKEN);
  });

  it(
    "does nothing once it is done",
    async () => {
      const [file] = (await outcome()).tables.clients;
      const changed = async () => [(await stat(join(dir, file?.key ?? ""))).mtimeMs, await outcome()];
      const before = await changed();
      await start(RUN_ID);
      expect(await changed()).toEqual(before);
    },
    TIMEOUT_MS,
  );

  it(
    "refuses the manifest of another run",
    async () => {
      await expect(start("another-run")).rejects.toThrow("of another run");
      expect((await keys()).filter((key) => key.startsWith("gold/clients/another-run/"))).toEqual([OTHER]);
    },
    TIMEOUT_MS,
  );

  it("is imported out of a zip, as Glue has it", () => {
    const zip = join(dir, ".packages.zip");
    const made = [
      "import sys, zipfile, pathlib",
      "folder = pathlib.Path(sys.argv[1])",
      "with zipfile.ZipFile(sys.argv[2], 'w') as zip:",
      "    for path in folder.glob('carteira_*/*'):",
      "        if path.is_file(): zip.write(path, path.relative_to(folder))",
      "sys.path.insert(0, sys.argv[2])",
      "import carteira_gold.build, carteira_silver.arrivals",
      "print(carteira_gold.build.__file__)",
    ];
    const args = ["-c", made.join("\n"), dirname(JOB), zip];
    const { stdout, stderr } = spawnSync(PYTHON ?? "", args, {
      encoding: "utf8",
      cwd: dir,
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
    });
    expect(stderr).toBe("");
    expect(stdout.trim()).toBe(join(zip, "carteira_gold", "build.py"));
  });
});

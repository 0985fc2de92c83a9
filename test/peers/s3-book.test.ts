import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { newPlace, onPostgres } from "../../src/state/places.testing.ts";
import { type CommandLine, openCommandLine } from "../command-line.testing.ts";
import { type Moto, S3_PEERS, startMoto } from "./moto.testing.ts";

/** The whole product with its lake in S3, which settings alone choose: what it says, and what it survives. */

const NOW = () => new Date("2026-11-20T21:00:00Z");
const PROGRAM = fileURLToPath(new URL("../../src/main/carteira.mjs", import.meta.url));
const MOVER = fileURLToPath(new URL("pointer-mover.testing.ts", import.meta.url));

let moto: Moto;
const lines: CommandLine[] = [];

async function newLine(settings: Readonly<Record<string, string>>, now = NOW): Promise<CommandLine> {
  const line = await openCommandLine(now, settings);
  lines.push(line);
  return line;
}

interface Ended {
  readonly out: string;
  readonly code: number | null;
}

/** Runs a program as a process of its own with the bucket's settings; kills it after a time, unless it has ended by then. */
async function runProcess(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  killAfterMs: number | null = null,
): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env["PATH"], ...moto.environment, ...settings },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const timer = killAfterMs === null ? null : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once("error", reject).once("close", resolve);
  const code = await promise;
  if (timer !== null) clearTimeout(timer);
  return { out, code };
}

const QUESTIONS = [
  ["/carteira cliente123", "corretor1"],
  ["/desempenho cliente123", "corretor1"],
  ["/carteira cliente123 PETR4", "corretor1"],
  ["como foi a carteira da Ana Souza em 12 meses contra o CDI?", "corretor1"],
  ["proventos do cliente123 no ano", "corretor1"],
  ["quem tem PETR4?", "admin"],
  ["quanto tenho sob custódia?", "corretor2"],
  ["/carteira cliente123", "corretor2"],
] as const;

/** All that is answered, but for the names of runs, which are made of a clock and of chance. */
async function answersOf(line: CommandLine): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  for (const [text, user] of QUESTIONS) answers.push(await line.json("ask", text, "--as", user));
  return answers;
}

describe.runIf(S3_PEERS !== undefined)("a book whose lake is in S3", () => {
  let disk: CommandLine;
  let cloud: CommandLine;
  let settings: Readonly<Record<string, string>>;

  beforeAll(async () => {
    moto = await startMoto();
    for (const [name, value] of Object.entries(moto.environment)) vi.stubEnv(name, value);
    settings = { CARTEIRA_LAKE_BUCKET: await moto.newBucket() };
    disk = await newLine({});
    cloud = await newLine(settings);
    for (const line of [disk, cloud]) {
      expect(await line.carteira("demo", "--clients", "12")).toMatchObject({ code: 0 });
    }
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    for (const line of lines) await line.remove();
    await moto.stop();
  });

  it("answers to the digit what the same book on disk answers, through a file that comes and is taken back", async () => {
    const before = await answersOf(cloud);
    expect(before).toEqual(await answersOf(disk));
    expect(JSON.stringify(before)).toContain('"status":"ok"');
    const uploads = new Map<CommandLine, string>();
    for (const line of [disk, cloud]) {
      line.write("compra.csv", [
        "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas",
        "cliente123;18/11/2026;compra;PETR4;777;30,01;BRL;1,23",
      ]);
      const { files } = await line.json("ingest", "compra.csv", "--as", "corretor1");
      expect(files).toMatchObject([{ loaded: 1, rejected: 0 }]);
      uploads.set(line, (files as readonly [{ readonly upload: string }])[0].upload);
    }
    const after = await answersOf(cloud);
    expect(after).toEqual(await answersOf(disk));
    expect(after).not.toEqual(before);
    for (const [line, upload] of uploads) {
      expect(await line.carteira("undo", upload)).toMatchObject({ code: 0 });
    }
    expect(await answersOf(cloud)).toEqual(before);
    expect(await answersOf(disk)).toEqual(before);
  });

  it("has nothing in the home that it is made of, and says how the bucket is", async () => {
    expect(readdirSync(cloud.home).sort()).toEqual(
      expect.arrayContaining(["home.json", "lake-copies", "state.db"]),
    );
    expect(readdirSync(cloud.home)).not.toContain("lake");
    const { code, out } = await cloud.carteira("doctor", "--deep");
    expect(code, out).toBe(0);
    expect(out).toContain(
      `✓ bucket ${settings["CARTEIRA_LAKE_BUCKET"]}: leitura, gravação e gravação condicional`,
    );
    expect(out).not.toContain("✗");
  });

  it("is answered from on another machine, which has no copies yet", async () => {
    const other = await newLine(settings);
    mkdirSync(other.home);
    for (const name of ["home.json", "state.db"])
      copyFileSync(join(cloud.home, name), join(other.home, name));
    expect(await answersOf(other)).toEqual(await answersOf(disk));
  });

  it("is not begun anew over a bucket that holds one", async () => {
    const other = await newLine(settings);
    other.write("clientes.csv", ["cliente;nome;corretor", "cliente1;Ana Souza;corretor1"]);
    for (const command of [["demo"], ["ingest", "clientes.csv", "--as", "admin"]]) {
      const { code, err } = await other.carteira(...command);
      expect([code, err]).toEqual([
        1,
        expect.stringContaining("já guarda carteiras cujo estado não está em"),
      ]);
    }
    expect(await answersOf(cloud)).toEqual(await answersOf(disk));
  });

  it.runIf(onPostgres)(
    "is joined by a new machine through its settings alone, where the state is shared too",
    async () => {
      const { place, remove } = await newPlace();
      const shared = { CARTEIRA_LAKE_BUCKET: await moto.newBucket(), CARTEIRA_STATE_URL: place };
      const first = await newLine(shared);
      first.write("livro.csv", ["cliente;nome;corretor", "cliente1;Ana Souza;corretor1"]);
      first.write("posicao.csv", [
        "cliente;data;ativo;quantidade;preco_medio",
        "cliente1;18/11/2026;PETR4;10;30,00",
      ]);
      first.write("precos.csv", ["data;ativo;preco", "19/11/2026;PETR4;31,00"]);
      const files = ["livro.csv", "posicao.csv", "precos.csv"];
      expect(await first.carteira("ingest", ...files, "--as", "admin")).toMatchObject({ code: 0 });
      const second = await newLine(shared);
      const question = ["ask", "/carteira cliente1", "--as", "corretor1"] as const;
      const answer = await second.json(...question);
      expect(answer).toMatchObject({
        status: "ok",
        data: { positions: [{ asset: "PETR4", valueBase: "310" }] },
      });
      expect(answer).toEqual(await first.json(...question));
      await remove();
    },
  );
});

describe.runIf(S3_PEERS !== undefined)("processes on one bucket", () => {
  beforeAll(async () => {
    moto = await startMoto();
    for (const [name, value] of Object.entries(moto.environment)) vi.stubEnv(name, value);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    for (const line of lines.splice(0)) await line.remove();
    await moto.stop();
  });

  it("never overwrite a move of a pointer that they have not seen", async () => {
    const bucket = await moto.newBucket();
    const folder = (await newLine({})).write("copies", "");
    const run = (name: string) => runProcess([MOVER, bucket, `${folder}-${name}`, "60"], {});
    const ended = await Promise.all([run("a"), run("b")]);
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    const { openBucket } = await import("../../src/lake/s3-client.ts");
    const { openS3Lake } = await import("../../src/lake/s3.ts");
    const lake = await openS3Lake(openBucket({ bucket, kmsKeyId: null }), `${folder}-c`);
    expect((await lake.readPointer("counter"))?.content).toBe("120");
    // Both went for it at once, or nothing was shown.
    expect(Number(ended[0]?.out) + Number(ended[1]?.out)).toBeGreaterThan(0);
  });

  it("load files at once, and are killed in the middle, and the book is the right one each time", async () => {
    const settings = { CARTEIRA_LAKE_BUCKET: await moto.newBucket() };
    // A process that was killed leaves its lease of half a minute behind; what comes after it has a later clock.
    const line = await newLine(settings, () => new Date(Date.now() + 60_000));
    line.write("clientes.csv", ["cliente;nome;corretor", "cliente1;Pessoa;corretor1"]);
    line.write("precos.csv", ["data;ativo;preco", "28/03/2025;PETR4;31,00"]);
    expect((await line.carteira("ingest", "clientes.csv", "precos.csv", "--as", "admin")).code).toBe(0);
    const purchase = (name: string, quantity: number) =>
      line.write(`${name}.csv`, [
        "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas;id",
        `cliente1;10/03/2025;compra;PETR4;${quantity};30,00;BRL;0;${name}`,
      ]);
    const ingest = (path: string, killAfterMs: number | null = null) =>
      runProcess([PROGRAM, "ingest", path, "--as", "admin", "--home", line.home], settings, killAfterMs);
    const held = async () => {
      const { data } = await line.json("ask", "quem tem PETR4?", "--as", "admin");
      return Number((data as { totalQuantity?: string } | null)?.totalQuantity ?? 0);
    };
    const startMs = performance.now();
    expect((await ingest(purchase("alone", 1))).code).toBe(0);
    const wholeMs = performance.now() - startMs;
    const both = await Promise.all([ingest(purchase("a", 10)), ingest(purchase("b", 20))]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    let units = 31;
    expect(await held()).toBe(units);
    let killed = 0;
    for (const [at, share] of [0.4, 0.55, 0.65, 0.75, 0.85, 0.92].entries()) {
      const path = purchase(`k${at}`, 100 * 2 ** at);
      const { code } = await ingest(path, wholeMs * share);
      if (code === null) killed += 1;
      const left = await held();
      expect([units, units + 100 * 2 ** at]).toContain(left);
      expect((await line.carteira("ingest", path, "--as", "admin")).code).toBe(0);
      units += 100 * 2 ** at;
      expect(await held()).toBe(units);
    }
    expect(killed).toBeGreaterThan(0);
    const { code, out } = await line.carteira("doctor", "--deep");
    expect(code, out).toBe(0);
    expect(out).not.toContain("✗");
  });
});

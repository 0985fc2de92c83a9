import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openS3Lake } from "../../src/lake/s3.ts";
import { openBucket } from "../../src/lake/s3-client.ts";
import { type CommandLine, openCommandLine } from "../command-line.testing.ts";
import { type Fault, type FaultyS3, startFaultyS3 } from "./faulty-s3.testing.ts";
import { environmentOf, type Moto, S3_PEERS, startMoto } from "./moto.testing.ts";

/** What S3 and the way to it do wrong, and what the person in front of it is told. */

const NOW = () => new Date("2026-11-20T21:00:00Z");

let moto: Moto;
let faulty: FaultyS3;
let line: CommandLine;
let bucket: string;

const use = (environment: Readonly<Record<string, string>>) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
};
const ask = () => line.carteira("ask", "/carteira cliente1", "--as", "corretor1");
const isObject = (path: string) => !path.includes("/.pointers/") && !path.includes("?list-type");

beforeAll(async () => {
  if (S3_PEERS === undefined) return;
  moto = await startMoto();
  faulty = await startFaultyS3(moto.endpoint);
  bucket = await moto.newBucket();
  line = await openCommandLine(NOW, { CARTEIRA_LAKE_BUCKET: bucket });
  use(environmentOf(faulty.endpoint));
  line.write("clientes.csv", ["cliente;nome;corretor", "cliente1;Ana Souza;corretor1"]);
  line.write("precos.csv", ["data;ativo;preco", "19/11/2026;PETR4;31,00"]);
  line.write("operacoes.csv", [
    "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas",
    "cliente1;05/01/2026;compra;PETR4;100;30,00;BRL;0",
  ]);
  const files = ["clientes.csv", "precos.csv", "operacoes.csv"];
  expect(await line.carteira("ingest", ...files, "--as", "admin")).toMatchObject({ code: 0 });
});
beforeEach(() => {
  if (S3_PEERS !== undefined) use(environmentOf(faulty.endpoint));
});
afterEach(async () => {
  if (S3_PEERS === undefined) return;
  faulty.set(() => "none");
  await moto.letIn();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  if (S3_PEERS === undefined) return;
  await line.remove();
  await faulty.stop();
  await moto.stop();
});

/** What the command line, a question and the doctor say; none of them says more than a sentence, nor what was asked of S3. */
async function allSay(sentence: string): Promise<void> {
  const ingested = await line.carteira("ingest", "operacoes.csv", "--as", "corretor1");
  const looked = await line.carteira("doctor");
  for (const { code, out, err } of [ingested, looked]) {
    expect(code).toBe(1);
    expect(`${out}${err}`).toContain(sentence);
  }
  const english = await line.carteira("ingest", "operacoes.csv", "--as", "corretor1", "--lang", "en");
  expect(english.code).toBe(1);
  const asked = await ask();
  expect(asked.code).toBe(1);
  for (const { out, err } of [ingested, looked, english, asked]) {
    expect(`${out}${err}`).not.toMatch(/ {4}at |LakeError|gold\/|manifests|bronze\//);
  }
  // One sentence, and a line for progress that was under way.
  expect(english.err).toMatch(/S3/);
}

describe.runIf(S3_PEERS !== undefined)("S3", () => {
  it.each<readonly [string, Fault, string]>([
    [
      "with credentials that have expired",
      { status: 400, code: "ExpiredToken" },
      "O S3 recusou o acesso ao bucket",
    ],
    ["that forbids", { status: 403, code: "AccessDenied" }, "O S3 recusou o acesso ao bucket"],
    ["of another region", { status: 301, code: "PermanentRedirect" }, "O S3 não encontrou o bucket"],
    ["without the bucket", { status: 404, code: "NoSuchBucket" }, "O S3 não encontrou o bucket"],
  ])("%s is told as such", async (_, fault, sentence) => {
    faulty.set(() => fault);
    await allSay(sentence);
    faulty.set(() => "none");
    expect((await ask()).out).toContain("PETR4");
  });

  it("that has too much to do for longer than we wait is told as such", async () => {
    faulty.set(() => ({ status: 503, code: "SlowDown" }));
    const { code, err } = await line.carteira("ingest", "operacoes.csv", "--as", "corretor1");
    expect([code, err]).toEqual([1, expect.stringContaining("O S3 está sobrecarregado")]);
    expect(faulty.met).toBeGreaterThan(5);
  });

  it("that nobody answers for is told as such", async () => {
    use(environmentOf("http://127.0.0.1:9"));
    await allSay("O S3 não responde");
  });

  it("without a region, or without credentials, is told as such", async () => {
    vi.stubEnv("AWS_REGION", "");
    await allSay("O S3 não encontrou o bucket");
    use(environmentOf(faulty.endpoint, { id: "", secret: "" }));
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere");
    vi.stubEnv("AWS_CONFIG_FILE", "/nowhere");
    await allSay("O S3 recusou o acesso ao bucket");
  });

  it("whose bucket is gone is told as such, and not as a book without data", async () => {
    const gone = await openCommandLine(NOW, { CARTEIRA_LAKE_BUCKET: "no-such-bucket-here" });
    const { code, err } = await gone.carteira("demo");
    expect([code, err]).toEqual([
      1,
      expect.stringContaining("O S3 não encontrou o bucket no-such-bucket-here"),
    ]);
    await gone.remove();
  });

  it("that asks to slow down now and then is asked again, and nobody notices", async () => {
    let requests = 0;
    faulty.set(() => (requests++ % 3 === 0 ? { status: 503, code: "SlowDown" } : "none"));
    expect((await ask()).out).toContain("PETR4");
    line.write("mais.csv", [
      "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas",
      "cliente1;06/01/2026;compra;PETR4;11;30,00;BRL;0",
    ]);
    expect(await line.carteira("ingest", "mais.csv", "--as", "corretor1")).toMatchObject({ code: 0 });
    expect(faulty.met).toBeGreaterThan(5);
    faulty.set(() => "none");
    const { data } = await line.json("ask", "quem tem PETR4?", "--as", "admin");
    expect(data).toMatchObject({ totalQuantity: expect.stringMatching(/^111(?:\.0+)?$/) });
  });

  it("whose answer to a write is lost is asked again, and the write counts once", async () => {
    let requests = 0;
    faulty.set((method) => (method === "PUT" && requests++ % 2 === 0 ? "unheard" : "none"));
    line.write("ainda.csv", [
      "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas",
      "cliente1;07/01/2026;compra;PETR4;1000;30,00;BRL;0",
    ]);
    expect(await line.carteira("ingest", "ainda.csv", "--as", "corretor1")).toMatchObject({ code: 0 });
    expect(faulty.met).toBeGreaterThan(5);
    faulty.set(() => "none");
    const { data } = await line.json("ask", "quem tem PETR4?", "--as", "admin");
    expect(data).toMatchObject({ totalQuantity: expect.stringMatching(/^1111(?:\.0+)?$/) });
  });

  it.each(["cut", "changed"] as const)(
    "whose objects arrive %s is asked again, and never believed",
    async (fault) => {
      const forget = () =>
        rmSync(join(line.home, "lake-copies", "objects"), { recursive: true, force: true });
      forget();
      const damaged = new Set<string>();
      faulty.set((method, path) => {
        if (method !== "GET" || !isObject(path) || damaged.has(path)) return "none";
        damaged.add(path);
        return fault;
      });
      expect((await ask()).out).toContain("PETR4");
      expect(faulty.met).toBeGreaterThan(2);
      forget();
      faulty.set((method, path) => (method === "GET" && isObject(path) ? fault : "none"));
      expect((await ask()).code).toBe(1);
      // What is wrong is not kept as if it were right.
      faulty.set(() => "none");
      expect((await ask()).out).toContain("PETR4");
      expect(await line.carteira("doctor", "--deep")).toMatchObject({ code: 0 });
    },
  );

  it("that takes no notice of conditions is found out", async () => {
    const lake = await openS3Lake(openBucket({ bucket, kmsKeyId: null }), join(line.home, "other-copies"));
    const keys = await lake.list("");
    expect(await line.carteira("doctor")).toMatchObject({ code: 0 });
    const careless = await startFaultyS3(moto.endpoint, { forgets: ["if-match", "if-none-match"] });
    use(environmentOf(careless.endpoint));
    const { code, out } = await line.carteira("doctor");
    expect([code, out]).toEqual([1, expect.stringContaining("não respeita gravação condicional")]);
    await careless.stop();
    use(environmentOf(faulty.endpoint));
    expect(await lake.list("")).toEqual(keys);
  });
});

describe.runIf(S3_PEERS !== undefined)("permissions", () => {
  const document = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");
  const [, json = ""] = /```json policy\n([\s\S]*?)```/.exec(document) ?? [];
  interface Statement {
    readonly Effect: string;
    readonly Action: readonly string[];
    readonly Resource: string;
  }
  const policy = () =>
    JSON.parse(json.replaceAll("BUCKET", bucket)) as {
      readonly Version: string;
      readonly Statement: readonly Statement[];
    };

  it("of docs/operations.md are enough for all that the product does", async () => {
    use({ ...(await moto.onlyWith(policy())), AWS_ENDPOINT_URL_S3: moto.endpoint });
    line.write("politica.csv", [
      "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas",
      "cliente1;08/01/2026;compra;PETR4;5;30,00;BRL;0",
    ]);
    expect(await line.carteira("ingest", "politica.csv", "--as", "corretor1")).toMatchObject({ code: 0 });
    expect((await ask()).out).toContain("PETR4");
    expect(await line.carteira("doctor", "--deep")).toMatchObject({ code: 0 });
    const lake = await openS3Lake(openBucket({ bucket, kmsKeyId: null }), join(line.home, "other-copies"));
    await lake.put("bronze/big.csv", Buffer.alloc(20 * 1024 * 1024, "x"));
    await lake.remove("bronze/big.csv");
  });

  it.each(["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"])(
    "of docs/operations.md without %s are not",
    async (missing) => {
      const { Statement, ...rest } = policy();
      const without = {
        ...rest,
        Statement: Statement.map((one) => ({
          ...one,
          Action: one.Action.filter((action) => action !== missing),
        })).filter(({ Action }) => Action.length > 0),
      };
      expect(without).not.toEqual(policy());
      use({ ...(await moto.onlyWith(without)), AWS_ENDPOINT_URL_S3: moto.endpoint });
      const lake = await openS3Lake(
        openBucket({ bucket, kmsKeyId: null }),
        join(line.home, `copies-${missing.slice(3)}`),
      );
      const all = async () => {
        await lake.put(`bronze/${missing.slice(3)}.csv`, Buffer.from("x"));
        await lake.readPointer("gold/CURRENT");
        await lake.list("bronze/");
        await lake.remove(`bronze/${missing.slice(3)}.csv`);
      };
      await expect(all()).rejects.toMatchObject({ code: "unavailable", away: "refused" });
    },
  );

  it("of somebody with a wrong secret, or a key that nobody has, are none", async () => {
    const right = await moto.onlyWith(policy());
    for (const wrong of [
      { ...right, AWS_SECRET_ACCESS_KEY: "not-the-secret" },
      { ...right, AWS_ACCESS_KEY_ID: "AKIANOBODYHASTHISKEY" },
    ]) {
      use({ ...wrong, AWS_ENDPOINT_URL_S3: moto.endpoint });
      await allSay("O S3 recusou o acesso ao bucket");
    }
    use({ ...right, AWS_ENDPOINT_URL_S3: moto.endpoint });
    expect((await ask()).out).toContain("PETR4");
    expect(existsSync(join(line.home, "lake"))).toBe(false);
  });
});

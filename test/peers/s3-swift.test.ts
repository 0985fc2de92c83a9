import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openS3Lake } from "../../src/lake/s3.ts";
import { openBucket } from "../../src/lake/s3-client.ts";
import { openCommandLine } from "../command-line.testing.ts";
import { startFaultyS3 } from "./faulty-s3.testing.ts";
import { S3_PEERS } from "./moto.testing.ts";
import { type Swift, startSwift } from "./swift.testing.ts";

/** An S3 that looks at what arrives, which Moto does not. It lacks If-Match on writes, so that it is no place for a book. */

const BUCKET = "lake";
const settings = { bucket: BUCKET, kmsKeyId: null };

let swift: Swift;
let folder: string;

const use = (environment: Readonly<Record<string, string>>) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
};
const lakeOf = async (name: string) => openS3Lake(openBucket(settings), join(folder, name));

describe.runIf(S3_PEERS !== undefined)("an S3 that checks what arrives", () => {
  beforeAll(async () => {
    swift = await startSwift();
    folder = await mkdtemp(join(tmpdir(), "lake-swift-"));
    use(swift.environment);
    await openBucket(settings).client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
    await swift.stop();
  });

  it("takes what we sign and hash, small and in parts, and gives it back", async () => {
    const lake = await lakeOf("one");
    const big = randomBytes(40 * 1024 * 1024);
    const sha256 = createHash("sha256").update(big).digest("hex");
    expect(await lake.put("gold/big.parquet", big)).toMatchObject({ bytes: big.length, sha256 });
    expect(await lake.put("bronze/ação 1.csv", Buffer.from("a"))).toMatchObject({ bytes: 1 });
    await expect(lake.put("bronze/ação 1.csv", Buffer.from("b"))).rejects.toMatchObject({ code: "exists" });
    const other = await lakeOf("two");
    expect((await readFile(await other.stage("gold/big.parquet"))).equals(big)).toBe(true);
    expect(await other.list("")).toEqual(["bronze/ação 1.csv", "gold/big.parquet"]);
    await other.remove("gold/big.parquet");
    expect(await lake.exists("gold/big.parquet")).toBe(false);
  });

  it("refuses a wrong secret", async () => {
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "not-the-secret");
    const lake = await lakeOf("three");
    await expect(lake.put("bronze/secret.csv", Buffer.from("a"))).rejects.toMatchObject({
      code: "unavailable",
      away: "refused",
      cause: { name: "SignatureDoesNotMatch" },
    });
    use(swift.environment);
    expect(await (await lakeOf("three")).exists("bronze/secret.csv")).toBe(false);
  });

  it("refuses a body that was changed on its way, and has nothing of it", async () => {
    const altering = await startFaultyS3(swift.endpoint, { altersBodies: true });
    vi.stubEnv("AWS_ENDPOINT_URL_S3", altering.endpoint);
    const lake = await lakeOf("four");
    await expect(lake.put("bronze/changed.csv", Buffer.from("100;30,00"))).rejects.toMatchObject({
      code: "unavailable",
      away: "silent",
    });
    await expect(lake.movePointer("gold/CURRENT", "run", null)).rejects.toMatchObject({
      code: "unavailable",
    });
    await altering.stop();
    use(swift.environment);
    const after = await lakeOf("five");
    expect(await after.exists("bronze/changed.csv")).toBe(false);
    expect(await after.readPointer("gold/CURRENT")).toBeNull();
  });

  it.each([
    ["Content-MD5", { ContentMD5: createHash("md5").update("other").digest("base64") }],
    ["SHA-256", { ChecksumSHA256: createHash("sha256").update("other").digest("base64") }],
  ])("refuses a wrong %s, so that the refusals above are real", async (_, wrong) => {
    const put = new PutObjectCommand({ Bucket: BUCKET, Key: "x", Body: "a", ...wrong });
    await expect(openBucket(settings).client.send(put)).rejects.toMatchObject({ name: "BadDigest" });
  });

  it("holds a first book that is loaded at once, and is found to be no place for a second load", async () => {
    const line = await openCommandLine(() => new Date("2026-11-20T21:00:00Z"), {
      CARTEIRA_LAKE_BUCKET: BUCKET,
    });
    line.write("clientes.csv", ["cliente;nome;corretor", "cliente1;Ana Souza;corretor1"]);
    line.write("precos.csv", ["data;ativo;preco", "19/11/2026;PETR4;31,00"]);
    line.write("operacoes.csv", [
      "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas",
      "cliente1;05/01/2026;compra;PETR4;100;30,00;BRL;0",
    ]);
    const files = ["clientes.csv", "precos.csv", "operacoes.csv"];
    expect(await line.carteira("ingest", ...files, "--as", "admin")).toMatchObject({ code: 0 });
    expect((await line.carteira("ask", "/carteira cliente1", "--as", "corretor1")).out).toContain("3.100,00");
    const { code, out } = await line.carteira("doctor");
    expect([code, out]).toEqual([1, expect.stringContaining("não respeita gravação condicional")]);
    await line.remove();
  });
});

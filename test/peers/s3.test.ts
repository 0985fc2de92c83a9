import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeLake } from "../../src/lake/lake-contract.testing.ts";
import { openS3Lake } from "../../src/lake/s3.ts";
import { clientOf, type Moto, S3_PEERS, startMoto } from "./moto.testing.ts";

const MEBIBYTE = 1024 * 1024;

describe.runIf(S3_PEERS !== undefined)("a lake in S3", () => {
  let moto: Moto;
  let client: S3Client;
  const folders: string[] = [];
  beforeAll(async () => {
    moto = await startMoto();
    client = clientOf(moto.endpoint);
  });
  afterAll(async () => {
    client.destroy();
    await moto.stop();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
  const newFolder = async () => {
    const folder = await mkdtemp(join(tmpdir(), "lake-s3-"));
    folders.push(folder);
    return folder;
  };
  const bucketOf = (name: string) => ({ client, name, kmsKeyId: null });

  describeLake(async () => {
    const name = await moto.newBucket();
    const first = await newFolder();
    let opened = 0;
    return {
      // Each opening is another machine's, with copies of its own.
      open: async () => openS3Lake(bucketOf(name), opened++ === 0 ? first : await newFolder()),
      leftovers: () => readdir(join(first, ".tmp")),
      close: async () => undefined,
    };
  });

  it("sends a large file in parts, keeps its whole hash, and another machine reads the same bytes", async () => {
    const name = await moto.newBucket();
    const lake = await openS3Lake(bucketOf(name), await newFolder());
    const body = randomBytes(40 * MEBIBYTE);
    const sha256 = createHash("sha256").update(body).digest("hex");
    expect(await lake.put("gold/big.parquet", body)).toEqual({
      key: "gold/big.parquet",
      bytes: body.length,
      sha256,
    });
    const head = await client.send(new HeadObjectCommand({ Bucket: name, Key: "gold/big.parquet" }));
    expect(head.ETag).toMatch(/-3"$/);
    expect(head.Metadata).toEqual({ sha256 });
    const other = await openS3Lake(bucketOf(name), await newFolder());
    expect((await readFile(await other.stage("gold/big.parquet"))).equals(body)).toBe(true);
  });

  it("encrypts with the key that it is told", async () => {
    const name = await moto.newBucket();
    const lake = await openS3Lake({ client, name, kmsKeyId: "alias/carteira" }, await newFolder());
    await lake.put("bronze/a.csv", Buffer.from("a"));
    expect(await lake.movePointer("gold/CURRENT", "r1", null)).toBe(true);
    for (const Key of ["bronze/a.csv", ".pointers/gold/CURRENT"]) {
      const head = await client.send(new HeadObjectCommand({ Bucket: name, Key }));
      expect(head).toMatchObject({
        ServerSideEncryption: "aws:kms",
        SSEKMSKeyId: expect.stringContaining("alias/carteira"),
      });
    }
  });

  it("says that the store is away, or will not, without what was sent", async () => {
    const away = clientOf("http://127.0.0.1:9");
    const lake = await openS3Lake({ client: away, name: "b", kmsKeyId: null }, await newFolder());
    await expect(lake.put("bronze/segredo.csv", Buffer.from("a"))).rejects.toMatchObject({
      code: "unavailable",
    });
    await expect(lake.exists("a")).rejects.toMatchObject({ code: "unavailable" });
    const none = await openS3Lake(bucketOf("no-such-bucket-here"), await newFolder());
    await expect(none.put("bronze/a.csv", Buffer.from("a"))).rejects.toMatchObject({ code: "unavailable" });
    away.destroy();
  });
});

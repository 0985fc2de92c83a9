import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { type Away, LakeError } from "./lake.ts";

/** Where the objects of a lake are. */
export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
  /** Key of AWS KMS by which objects are encrypted; null: the bucket's own default. */
  readonly kmsKeyId: string | null;
}

/** Above one part an upload is in parts: a part that fails is sent again, not all of it. */
const PART_BYTES = 16 * 1024 * 1024;
const PARTS_AT_ONCE = 4;
/** Two conditional writes of one key at once are both refused by S3 (409) where neither is done yet. */
const CONFLICT_TRIES_MAX = 8;
/** Metadata of an object: its whole sha256 in hex, whatever the parts it was sent in. */
const HASH = "sha256";

/** The operations of S3 that a lake is made of, in terms of whole objects. Throws LakeError. */
export class S3Objects {
  readonly #bucket: Bucket;

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
  }

  /** Stores a local file where nothing is yet, with its checksum checked by S3. False: something is there. */
  async create(key: string, file: { readonly path: string; readonly sha256: string }): Promise<boolean> {
    for (let tries = 1; ; tries += 1) {
      const upload = new Upload({
        client: this.#bucket.client,
        params: {
          ...this.#target(key),
          Body: createReadStream(file.path),
          IfNoneMatch: "*",
          ChecksumAlgorithm: "SHA256",
          Metadata: { [HASH]: file.sha256 },
          ...this.#encryption(),
        },
        partSize: PART_BYTES,
        queueSize: PARTS_AT_ONCE,
      });
      try {
        await upload.done();
        return true;
      } catch (error) {
        if (statusOf(error) === 412) return false;
        if (statusOf(error) !== 409 || tries === CONFLICT_TRIES_MAX) throw unavailable(error);
      }
    }
  }

  /** The object's sha256 as it was stored; null where there is no object. */
  async hash(key: string): Promise<string | null> {
    try {
      const { Metadata = {} } = await this.#bucket.client.send(new HeadObjectCommand(this.#target(key)));
      return Metadata[HASH] ?? "";
    } catch (error) {
      if (!isNotThere(error)) throw unavailable(error);
      // The answer to HEAD has no body, which would say whether it is the bucket that is not there.
      await this.#mustBeThere();
      return null;
    }
  }

  /** How many bytes an object has. Throws LakeError `missing`. */
  async size(key: string): Promise<number> {
    try {
      const { ContentLength: bytes } = await this.#bucket.client.send(
        new HeadObjectCommand(this.#target(key)),
      );
      if (bytes === undefined) throw new Error("an object without a length");
      return bytes;
    } catch (error) {
      throw isNotThere(error) ? new LakeError("missing", `no object ${key}`, error) : unavailable(error);
    }
  }

  /** An object's bytes; null where there is none. */
  async read(key: string): Promise<{ readonly body: Readable; readonly sha256: string } | null> {
    try {
      const { Body, Metadata = {} } = await this.#bucket.client.send(new GetObjectCommand(this.#target(key)));
      if (Body === undefined || !("pipe" in Body)) throw new Error("an object without a stream");
      // An error that comes before anybody reads would end the process; who reads then is told of it all the same.
      Body.on("error", () => {});
      return { body: Readable.from(arriving(Body)), sha256: Metadata[HASH] ?? "" };
    } catch (error) {
      if (isNotThere(error)) return null;
      throw unavailable(error);
    }
  }

  async *keys(prefix: string): AsyncGenerator<string> {
    let from: string | undefined;
    do {
      const page = await this.#page(prefix, from);
      for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
      from = page.NextContinuationToken;
    } while (from !== undefined);
  }

  async remove(key: string): Promise<void> {
    try {
      await this.#bucket.client.send(new DeleteObjectCommand(this.#target(key)));
    } catch (error) {
      if (!isNotThere(error)) throw unavailable(error);
    }
  }

  /** A small text and its version. */
  async text(key: string): Promise<{ readonly text: string; readonly version: string } | null> {
    try {
      const { Body, ETag } = await this.#bucket.client.send(new GetObjectCommand(this.#target(key)));
      if (Body === undefined || ETag === undefined) throw new Error("an object without body or version");
      return { text: await Body.transformToString("utf8"), version: ETag };
    } catch (error) {
      if (isNotThere(error)) return null;
      throw unavailable(error);
    }
  }

  /** Writes a small text if the one there is still of a version (null: none). False: it is not. */
  async swap(key: string, text: string, expected: string | null): Promise<boolean> {
    for (let tries = 1; ; tries += 1) {
      try {
        await this.#bucket.client.send(
          new PutObjectCommand({
            ...this.#target(key),
            Body: text,
            ...(expected === null ? { IfNoneMatch: "*" } : { IfMatch: expected }),
            ChecksumAlgorithm: "SHA256",
            ...this.#encryption(),
          }),
        );
        return true;
      } catch (error) {
        const status = statusOf(error);
        // With a version that is expected, 404 says that the text was removed.
        if (status === 412 || isNotThere(error)) return false;
        if (status !== 409 || tries === CONFLICT_TRIES_MAX) throw unavailable(error);
      }
    }
  }

  async #mustBeThere(): Promise<void> {
    try {
      await this.#bucket.client.send(new HeadBucketCommand({ Bucket: this.#bucket.name }));
    } catch (error) {
      throw unavailable(error);
    }
  }

  async #page(prefix: string, from: string | undefined) {
    try {
      return await this.#bucket.client.send(
        new ListObjectsV2Command({
          Bucket: this.#bucket.name,
          Prefix: prefix,
          ...(from === undefined ? {} : { ContinuationToken: from }),
        }),
      );
    } catch (error) {
      throw unavailable(error);
    }
  }

  #target(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.#bucket.name, Key: key };
  }

  #encryption() {
    const { kmsKeyId } = this.#bucket;
    return kmsKeyId === null
      ? {}
      : ({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: kmsKeyId, BucketKeyEnabled: true } as const);
  }
}

/** A name that nobody else has. */
export function nonce(): string {
  return createHash("sha256").update(randomUUID()).digest("base64url").slice(0, 22);
}

/** What S3 sends may break off in the middle: then it is the store that failed, and not this machine's disk. */
async function* arriving(body: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw unavailable(error);
  }
}

function statusOf(error: unknown): number | null {
  return error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? null) : null;
}

/** Whether there is no such object, in a bucket that is there. */
function isNotThere(error: unknown): boolean {
  return statusOf(error) === 404 && nameOf(error) !== "NoSuchBucket";
}

/** What S3 says of itself, without what we sent: the error's name is one of S3's codes. */
function unavailable(error: unknown): LakeError {
  return new LakeError(
    "unavailable",
    `the object store did not do it (${nameOf(error)})`,
    error,
    awayOf(error),
  );
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}

/** What the library throws before it asks at all. */
const NOT_LET_IN = new Set(["CredentialsProviderError", "TokenProviderError"]);
/** Of status 400, these say that the bucket is in another region. */
const ELSEWHERE = new Set(["AuthorizationHeaderMalformed", "IllegalLocationConstraintException"]);

/** What left us is not what arrived, or not all of it did. */
const DAMAGED = new Set(["BadDigest", "XAmzContentSHA256Mismatch", "IncompleteBody", "RequestTimeout"]);

function awayOf(error: unknown): Away {
  const name = nameOf(error);
  const status = statusOf(error);
  if (NOT_LET_IN.has(name)) return "refused";
  if (status === 301 || status === 307 || status === 404 || ELSEWHERE.has(name)) return "absent";
  // "Region is missing", "Region not accepted": the library has no code for them.
  if (status === null && error instanceof Error && error.message.startsWith("Region ")) return "absent";
  if (status === null || DAMAGED.has(name)) return "silent";
  // No condition that we write under can be told to a store that does not know them.
  if (status === 501) return "unable";
  return status === 429 || status >= 500 ? "busy" : "refused";
}

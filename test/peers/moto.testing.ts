import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { startProgram } from "./service.testing.ts";

/** The folder with the programs that speak S3, as `npm run test:peers` found or installed them. */
export const S3_PEERS = process.env["CARTEIRA_S3_PEERS"];

const REGION = "sa-east-1";
/** Moto looks at keys and signatures from so many requests on; never, until it is told. */
const AFTER_ALL = "inf";

/** An S3 on this machine, which forgets all when it ends. */
export interface Moto {
  readonly endpoint: string;
  newBucket(): Promise<string>;
  /** The environment in which AWS's libraries find it; the keys are nobody's, and are let in until somebody is. */
  readonly environment: Readonly<Record<string, string>>;
  /** A user who may do what the policy says and nothing else; from then on signatures count. Gives the environment. */
  onlyWith(policy: object): Promise<Readonly<Record<string, string>>>;
  /** Lets everybody in again. */
  letIn(): Promise<void>;
  stop(): Promise<void>;
}

export function clientOf(endpoint: string): S3Client {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return new S3Client({ region: REGION, endpoint, credentials, maxAttempts: 2 });
}

/** The environment that leads AWS's libraries to an endpoint, and to nothing of this machine's own. */
export function environmentOf(
  endpoint: string,
  { id, secret }: { readonly id: string; readonly secret: string } = { id: "test", secret: "test" },
): Readonly<Record<string, string>> {
  return {
    AWS_REGION: REGION,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ACCESS_KEY_ID: id,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

export async function startMoto(): Promise<Moto> {
  if (S3_PEERS === undefined) throw new Error("CARTEIRA_S3_PEERS names no folder");
  const folder = await mkdtemp(join(tmpdir(), "carteira-moto-"));
  const program = startProgram([join(S3_PEERS, "bin", "moto_server"), "-H", "127.0.0.1", "-p", "0"], folder, {
    HOME: folder,
  });
  const endpoint = /http:\S+\d/.exec(await program.until(/Running on http:\/\/127\.0\.0\.1:\d+/))?.[0] ?? "";
  const client = clientOf(endpoint);
  const resetAuth = async (after: string) => {
    const { ok } = await fetch(`${endpoint}/moto-api/reset-auth`, { method: "POST", body: after });
    if (!ok) throw new Error("moto does not reset whom it lets in");
  };
  return {
    endpoint,
    environment: environmentOf(endpoint),
    async newBucket() {
      const name = `lake-${randomBytes(8).toString("hex")}`;
      const place = { LocationConstraint: REGION } as const;
      await client.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: place }));
      return name;
    },
    async onlyWith(policy) {
      await resetAuth(AFTER_ALL);
      const UserName = `user-${randomBytes(4).toString("hex")}`;
      await iam(endpoint, { Action: "CreateUser", UserName });
      await iam(endpoint, {
        Action: "PutUserPolicy",
        UserName,
        PolicyName: "lake",
        PolicyDocument: JSON.stringify(policy),
      });
      const answer = await iam(endpoint, { Action: "CreateAccessKey", UserName });
      const [, id = ""] = /<AccessKeyId>([^<]+)</.exec(answer) ?? [];
      const [, secret = ""] = /<SecretAccessKey>([^<]+)</.exec(answer) ?? [];
      await resetAuth("0");
      return environmentOf(endpoint, { id, secret });
    },
    letIn: () => resetAuth(AFTER_ALL),
    async stop() {
      client.destroy();
      await program.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Asks the service that keeps users, by its own wire format: its library is no dependency of ours. */
async function iam(endpoint: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      Authorization:
        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0",
    },
    body: new URLSearchParams({ Version: "2010-05-08", ...fields }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${fields["Action"]}: ${text}`);
  return text;
}

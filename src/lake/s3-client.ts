import { S3Client } from "@aws-sdk/client-s3";
import type { Bucket } from "./s3-objects.ts";

/** Requests are sent again after throttling, server errors and lost connections, each time after a longer wait. */
const ATTEMPTS_MAX = 6;
const CONNECT_TIMEOUT_MS = 5_000;
/** How long S3 may be silent in the middle of a request. */
const SILENCE_TIMEOUT_MS = 30_000;

/**
 * A bucket of S3. Region, credentials and endpoint are found as AWS's own tools find them (AWS_REGION, AWS_PROFILE,
 * AWS_ENDPOINT_URL_S3, the role of the machine); nothing is asked of S3 yet.
 */
export function openBucket({
  bucket,
  kmsKeyId,
}: {
  readonly bucket: string;
  readonly kmsKeyId: string | null;
}): Bucket {
  const client = new S3Client({
    maxAttempts: ATTEMPTS_MAX,
    requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, socketTimeout: SILENCE_TIMEOUT_MS },
  });
  return { client, name: bucket, kmsKeyId };
}

import { Duration, RemovalPolicy } from "aws-cdk-lib";
import type * as kms from "aws-cdk-lib/aws-kms";
import * as s3 from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { argue } from "./argue.ts";
import { fits } from "./fits.ts";
import type { Settings } from "./settings.ts";

/** What is received is read again for a month or so: for the next builds, and by whoever asks what became of a file. */
const BRONZE_COLD_DAYS = 30;
const BRONZE_ARCHIVE_DAYS = 180;
/** Manifests, outcomes and framed rows of runs: by then nobody asks how a run went. */
const RUN_DAYS = 90;
const STAGED_DAYS = 14;
const RESULT_DAYS = 7;
const LOG_DAYS = 365;

/** The lake's bucket, the one for Athena's results, and the one for what both and the load balancer log. */
export class Storage extends Construct {
  readonly lake: s3.Bucket;
  readonly results: s3.Bucket;
  readonly logs: s3.Bucket;

  constructor(
    scope: Construct,
    id: string,
    { settings, key }: { readonly settings: Settings; readonly key: kms.IKey },
  ) {
    super(scope, id);
    const closed = {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    } as const;
    this.logs = new s3.Bucket(this, "Logs", {
      ...closed,
      // What delivers logs of access to buckets and load balancers cannot use a key of ours.
      encryption: s3.BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ id: "old", expiration: Duration.days(LOG_DAYS), ...unfinished }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    argue(this.logs, {
      S1: "This is the bucket that logs of access go to; its own would be logs about logs.",
    });
    const encrypted = {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
    } as const;
    this.lake = new s3.Bucket(this, "Lake", {
      ...closed,
      ...encrypted,
      versioned: true,
      serverAccessLogsBucket: fits<s3.IBucket>(this.logs),
      serverAccessLogsPrefix: "lake/",
      lifecycleRules: lakeRules(settings.keepRemovedDays),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    tellEventBridge(this.lake);
    this.results = new s3.Bucket(this, "Results", {
      ...closed,
      ...encrypted,
      serverAccessLogsBucket: fits<s3.IBucket>(this.logs),
      serverAccessLogsPrefix: "results/",
      lifecycleRules: [{ id: "old", expiration: Duration.days(RESULT_DAYS), ...unfinished }],
      // Answers that can be asked again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

/** In the bucket's own properties: CDK's switch for it makes a function that may change every bucket's. */
function tellEventBridge(bucket: s3.Bucket): void {
  const made = bucket.node.defaultChild;
  if (!(made instanceof s3.CfnBucket)) throw new Error("a bucket is not made of what it was");
  made.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
}

const unfinished = { abortIncompleteMultipartUploadAfter: Duration.days(1) } as const;

/** Gold is left alone: which of its files still belong to a run is known to the manifests and not to S3. */
function lakeRules(keepRemovedDays: number): s3.LifecycleRule[] {
  return [
    { id: "unfinished", ...unfinished },
    {
      id: "removed",
      noncurrentVersionExpiration: Duration.days(keepRemovedDays),
      expiredObjectDeleteMarker: true,
    },
    {
      id: "bronze-cold",
      prefix: "bronze/",
      transitions: [
        { storageClass: s3.StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(BRONZE_COLD_DAYS) },
        {
          storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL,
          transitionAfter: Duration.days(BRONZE_ARCHIVE_DAYS),
        },
      ],
    },
    { id: "runs", prefix: "runs/", expiration: Duration.days(RUN_DAYS) },
    { id: "staged", prefix: "staged/", expiration: Duration.days(STAGED_DAYS) },
  ];
}

import { fileURLToPath } from "node:url";
import { IgnoreMode, Stack } from "aws-cdk-lib";
import * as glue from "aws-cdk-lib/aws-glue";
import * as iam from "aws-cdk-lib/aws-iam";
import type * as kms from "aws-cdk-lib/aws-kms";
import type * as s3 from "aws-cdk-lib/aws-s3";
import { Asset } from "aws-cdk-lib/aws-s3-assets";
import { Construct } from "constructs";
import { allow, keyStatement } from "./grants.ts";
import type { Settings } from "./settings.ts";

const FOLDER = fileURLToPath(new URL("../pipeline/glue/", import.meta.url));
/** Packages of ours that the job imports; they go into one zip, which Python reads as it is. */
const PACKAGES = ["carteira_gold", "carteira_silver"] as const;
/** Spark 3.5.6, Python 3.11, Java 17: what the tests run (`npm run test:glue`). */
const GLUE_VERSION = "5.1";
/** A run of a large book is minutes; one that hangs must not cost for the two days that Glue would allow. */
const TIMEOUT_MINUTES = 60;

export interface GlueJobProps {
  readonly name: string;
  readonly settings: Settings;
  readonly lake: s3.Bucket;
  readonly key: kms.IKey;
}

/**
 * The Spark job that makes gold. It is started with the run's own arguments (`--manifest`, `--lake`, `--run-id`), once at a
 * time, and never again by Glue itself: the ledger of runs tries again, and Glue's own retries would be unknown to it.
 */
export class GlueJob extends Construct {
  readonly jobName: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, settings, lake, key }: GlueJobProps) {
    super(scope, id);
    this.jobName = name;
    const { region, account } = Stack.of(this);
    this.arn = `arn:aws:glue:${region}:${account}:job/${name}`;
    const script = new Asset(this, "Script", { path: `${FOLDER}job.py` });
    const packages = new Asset(this, "Packages", {
      path: FOLDER,
      // As a .gitignore: all but the packages, and of them not what Python leaves behind.
      ignoreMode: IgnoreMode.GIT,
      exclude: ["/*", ...PACKAGES.map((folder) => `!/${folder}/`), "__pycache__/", "*.pyc", ".ruff_cache/"],
    });
    const security = secure(this, name, key);
    const role = createRole(this, { lake, key, assets: [script, packages] });
    const job = new glue.CfnJob(this, "Job", {
      name,
      description: "Checks what arrived, and makes gold of silver",
      role: role.roleArn,
      glueVersion: GLUE_VERSION,
      command: { name: "glueetl", pythonVersion: "3", scriptLocation: script.s3ObjectUrl },
      defaultArguments: {
        "--extra-py-files": packages.s3ObjectUrl,
        "--job-bookmark-option": "job-bookmark-disable",
        "--enable-metrics": "true",
        "--enable-continuous-cloudwatch-log": "true",
        "--enable-observability-metrics": "true",
      },
      workerType: "G.1X",
      numberOfWorkers: settings.glueWorkers,
      executionProperty: { maxConcurrentRuns: 1 },
      maxRetries: 0,
      timeout: TIMEOUT_MINUTES,
      securityConfiguration: security.name,
    });
    job.addResourceDependency(security);
  }
}

/** Everything that a run writes is encrypted by our key: objects, logs, and the bookmarks that it does not keep. */
function secure(scope: Construct, name: string, key: kms.IKey): glue.CfnSecurityConfiguration {
  const kmsKeyArn = key.keyArn;
  return new glue.CfnSecurityConfiguration(scope, "Security", {
    name,
    encryptionConfiguration: {
      s3Encryptions: [{ s3EncryptionMode: "SSE-KMS", kmsKeyArn }],
      cloudWatchEncryption: { cloudWatchEncryptionMode: "SSE-KMS", kmsKeyArn },
      jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS", kmsKeyArn },
    },
  });
}

function createRole(
  scope: Construct,
  {
    lake,
    key,
    assets,
  }: { readonly lake: s3.Bucket; readonly key: kms.IKey; readonly assets: readonly Asset[] },
): iam.Role {
  const { region, account } = Stack.of(scope);
  const role = new iam.Role(scope, "Role", {
    assumedBy: new iam.ServicePrincipal("glue.amazonaws.com", {
      conditions: { StringEquals: { "aws:SourceAccount": account } },
    }),
    description: "The Spark job of Carteira",
  });
  allow(scope, "Policy", role, {
    statements: [
      {
        sid: "Read",
        actions: ["s3:GetObject"],
        resources: ["staged/*", "silver/*", "runs/*"].map((keys) => lake.arnForObjects(keys)),
      },
      {
        // Spark commits by removing what it wrote for the time being.
        sid: "Write",
        actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
        resources: ["silver/*", "quarantine/*", "gold/*", "runs/*"].map((keys) => lake.arnForObjects(keys)),
      },
      { sid: "Names", actions: ["s3:ListBucket", "s3:GetBucketLocation"], resources: [lake.bucketArn] },
      {
        sid: "Code",
        actions: ["s3:GetObject"],
        resources: assets.map((asset) => asset.bucket.arnForObjects(asset.s3ObjectKey)),
      },
      keyStatement(key),
      {
        sid: "Logs",
        actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:AssociateKmsKey"],
        resources: [`arn:aws:logs:${region}:${account}:log-group:/aws-glue/*`],
      },
      {
        sid: "Metrics",
        actions: ["cloudwatch:PutMetricData"],
        // The action knows no resource; the condition holds it to Glue's own.
        resources: ["*"],
        conditions: { StringEquals: { "cloudwatch:namespace": "Glue" } },
      },
    ],
    wildcards:
      "Keys of the named folders hold ids of runs and uploads; log groups of Glue hold the security configuration's name.",
  });
  return role;
}

import { Stack } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";
import type * as kms from "aws-cdk-lib/aws-kms";
import type * as s3 from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { argue } from "./argue.ts";

/** What a role may do, each as one statement. CDK's own grants allow whole families of actions, such as `s3:GetObject*`. */

export interface Statement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Gives a role a policy of its own. `wildcards` says why resources that have a `*` need it: cdk-nag asks for the argument of each.
 * No action may have one: for these there is no argument.
 */
export function allow(
  scope: Construct,
  id: string,
  role: iam.IRole,
  { statements, wildcards }: { readonly statements: readonly Statement[]; readonly wildcards: string },
): void {
  const policy = new iam.Policy(scope, id, {
    roles: [role],
    statements: statements.map(statementOf),
  });
  for (const resource of statements.flatMap(({ resources }) => resources))
    argueResource(policy, resource, wildcards);
}

export function statementOf({ sid, actions, resources, conditions }: Statement): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid,
    actions: [...actions],
    resources: [...resources],
    ...(conditions === undefined ? {} : { conditions }),
  });
}

/** Takes one resource with a `*` out of cdk-nag's rule; one without needs no argument. */
export function argueResource(construct: Construct, resource: string, reason: string): void {
  const text = textOf(Stack.of(construct).resolve(resource));
  if (text.includes("*")) argue(construct, { [`IAM5[Resource::${text}]`]: reason });
}

/** A value of a template as cdk-nag writes it: what is only known to AWS stands in angle brackets. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return String(value);
  if ("Ref" in value) return `<${String(value.Ref)}>`;
  if ("Fn::GetAtt" in value && Array.isArray(value["Fn::GetAtt"]))
    return `<${value["Fn::GetAtt"].join(".")}>`;
  if ("Fn::Join" in value && Array.isArray(value["Fn::Join"])) {
    const [separator, parts]: readonly unknown[] = value["Fn::Join"];
    return (Array.isArray(parts) ? parts : []).map(textOf).join(String(separator));
  }
  return JSON.stringify(value);
}

/** All that `src/lake` asks of S3 (docs/operations.md): objects of the whole lake, whose names say nothing of who may. */
export function lakeStatements(lake: s3.Bucket, key: kms.IKey): readonly Statement[] {
  return [
    {
      sid: "LakeObjects",
      actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
      resources: [lake.arnForObjects("*")],
    },
    { sid: "LakeNames", actions: ["s3:ListBucket"], resources: [lake.bucketArn] },
    keyStatement(key),
  ];
}

export function keyStatement(key: kms.IKey): Statement {
  return { sid: "Key", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [key.keyArn] };
}

interface AthenaPlace {
  readonly workgroup: string;
  readonly database: string;
  readonly results: s3.Bucket;
  readonly lake: s3.Bucket;
}

/** Running queries of the catalogue in one workgroup, and reading what comes of them. */
export function athenaStatements(
  scope: Construct,
  { workgroup, database, results, lake }: AthenaPlace,
): readonly Statement[] {
  const { region, account } = Stack.of(scope);
  const glue = (path: string) => `arn:aws:glue:${region}:${account}:${path}`;
  return [
    {
      sid: "Queries",
      actions: [
        "athena:StartQueryExecution",
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
        "athena:StopQueryExecution",
        "athena:GetWorkGroup",
      ],
      resources: [`arn:aws:athena:${region}:${account}:workgroup/${workgroup}`],
    },
    {
      sid: "Tables",
      actions: [
        "glue:GetDatabase",
        "glue:GetTable",
        "glue:GetTables",
        "glue:GetPartition",
        "glue:GetPartitions",
      ],
      resources: [glue("catalog"), glue(`database/${database}`), glue(`table/${database}/*`)],
    },
    {
      sid: "ResultObjects",
      actions: ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
      resources: [results.arnForObjects("*")],
    },
    // Athena asks where what it reads is; the objects are another's to allow.
    { sid: "LakePlace", actions: ["s3:GetBucketLocation"], resources: [lake.bucketArn] },
    {
      sid: "ResultNames",
      actions: ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
      resources: [results.bucketArn],
    },
  ];
}

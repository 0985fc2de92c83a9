import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";
import * as kms from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";

/**
 * The one key by which everything is encrypted: lake, database, queues, logs, secrets. One, since whoever may read an answer
 * may read what it was made of. It outlives the stack: without it the lake would be lost.
 */
export function createKey(scope: Construct): kms.Key {
  const key = new kms.Key(scope, "Key", {
    description: "Carteira: lake, database, queues, logs and secrets",
    enableKeyRotation: true,
    pendingWindow: Duration.days(30),
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const { region, account } = Stack.of(scope);
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: "Logs",
      principals: [new iam.ServicePrincipal(`logs.${region}.amazonaws.com`)],
      actions: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"],
      // In a key's own policy this is the key itself.
      resources: ["*"],
      conditions: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*` },
      },
    }),
  );
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: "Notices",
      principals: ["cloudwatch", "events", "budgets"].map(
        (name) => new iam.ServicePrincipal(`${name}.amazonaws.com`),
      ),
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: ["*"],
      conditions: { StringEquals: { "aws:SourceAccount": account } },
    }),
  );
  return key;
}

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
  const hands = { actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: ["*"] };
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: "Events",
      principals: [new iam.ServicePrincipal("events.amazonaws.com")],
      ...hands,
      conditions: { StringEquals: { "aws:SourceAccount": account } },
    }),
  );
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: "Alarms",
      // It does not say for whom it asks; the topic's own policy lets in this account's alarms alone.
      principals: [new iam.ServicePrincipal("cloudwatch.amazonaws.com")],
      ...hands,
    }),
  );
  return key;
}

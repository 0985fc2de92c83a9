import { RemovalPolicy } from "aws-cdk-lib";
import * as athena from "aws-cdk-lib/aws-athena";
import type * as kms from "aws-cdk-lib/aws-kms";
import type * as s3 from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";

/** No question reads so much of gold; one that does has lost its condition, and would cost for all the lake. */
const SCANNED_BYTES_MAX = 20 * 1024 ** 3;

export interface AthenaProps {
  readonly name: string;
  readonly results: s3.Bucket;
  readonly key: kms.IKey;
}

/** The workgroup of Carteira's queries: its settings hold whatever the caller asks for. */
export class Athena extends Construct {
  readonly workgroup: string;

  constructor(scope: Construct, id: string, { name, results, key }: AthenaProps) {
    super(scope, id);
    this.workgroup = name;
    new athena.CfnWorkGroup(this, "Workgroup", {
      name,
      description: "Questions of Carteira over gold",
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: SCANNED_BYTES_MAX,
        engineVersion: { selectedEngineVersion: "Athena engine version 3" },
        resultConfiguration: {
          outputLocation: results.s3UrlForObject("athena/"),
          encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKey: key.keyArn },
        },
      },
    }).applyRemovalPolicy(RemovalPolicy.DESTROY);
  }
}

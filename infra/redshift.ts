import { RemovalPolicy, Stack } from "aws-cdk-lib";
import type * as ec2 from "aws-cdk-lib/aws-ec2";
import * as iam from "aws-cdk-lib/aws-iam";
import type * as kms from "aws-cdk-lib/aws-kms";
import * as redshift from "aws-cdk-lib/aws-redshiftserverless";
import type * as s3 from "aws-cdk-lib/aws-s3";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import {
  AwsCustomResource,
  AwsCustomResourcePolicy,
  PhysicalResourceId,
  PhysicalResourceIdReference,
} from "aws-cdk-lib/custom-resources";
import { Construct } from "constructs";
import { argue } from "./argue.ts";
import { allow, keyStatement, type Statement } from "./grants.ts";
import { type Network, PRIVATE } from "./network.ts";
import type { Settings } from "./settings.ts";

const DATABASE = "carteira";
const ADMIN = "carteira_admin";
const PORT = 5439;
/** CDK's name for the function that calls AWS while a stack is made. */
const CALLER = "AWS679f53fac002430cb0da5b7982bd2287";
/** A load of a large table takes minutes; what goes on for longer has gone wrong, and keeps the workgroup awake. */
const QUERY_SECONDS_MAX = 900;

export interface RedshiftProps {
  readonly name: string;
  readonly settings: Settings;
  readonly network: Network;
  readonly lake: s3.Bucket;
  readonly key: kms.IKey;
}

/**
 * Redshift Serverless for history, performance, risk and ranking. It costs while it answers and sleeps otherwise, within a
 * number of RPU hours a day beyond which it stops answering. It is reached through the Data API, and by nothing over the
 * network but QuickSight.
 */
export class Redshift extends Construct {
  readonly workgroup: string;
  readonly database = DATABASE;
  readonly copyRole: iam.Role;
  readonly host: string;
  readonly port = PORT;
  readonly group: ec2.SecurityGroup;
  /** The administrator of this one database. The bot and the functions do without: they come as their roles. */
  readonly #admin: secretsmanager.Secret;
  readonly #workgroupArn: string;
  readonly #keyArn: string;

  constructor(scope: Construct, id: string, { name, settings, network, lake, key }: RedshiftProps) {
    super(scope, id);
    this.workgroup = name;
    this.copyRole = this.#createCopyRole(lake, key);
    this.group = network.group(this, "Group", "Redshift of Carteira");
    this.#keyArn = key.keyArn;
    this.#admin = this.#createAdmin(key);
    const namespace = new redshift.CfnNamespace(this, "Namespace", {
      namespaceName: name,
      dbName: DATABASE,
      adminUsername: ADMIN,
      // A reference that CloudFormation resolves: the template holds no password. One that Redshift made itself would have
      // no name that CloudFormation tells.
      adminUserPassword: this.#admin.secretValueFromJson("password").unsafeUnwrap(),
      kmsKeyId: key.keyArn,
      iamRoles: [this.copyRole.roleArn],
      defaultIamRoleArn: this.copyRole.roleArn,
      // Not what statements say: they are about clients.
      logExports: ["userlog", "connectionlog"],
    });
    // Everything in it can be loaded again from the lake.
    namespace.applyRemovalPolicy(RemovalPolicy.DESTROY);
    const workgroup = new redshift.CfnWorkgroup(this, "Workgroup", {
      workgroupName: name,
      namespaceName: name,
      baseCapacity: settings.redshiftRpu,
      maxCapacity: settings.redshiftRpu * 2,
      publiclyAccessible: false,
      enhancedVpcRouting: true,
      port: PORT,
      subnetIds: network.vpc.selectSubnets(PRIVATE).subnetIds,
      securityGroupIds: [this.group.securityGroupId],
      configParameters: [
        { parameterKey: "require_ssl", parameterValue: "true" },
        { parameterKey: "max_query_execution_time", parameterValue: String(QUERY_SECONDS_MAX) },
      ],
    });
    workgroup.addResourceDependency(namespace);
    this.host = workgroup.attrWorkgroupEndpointAddress;
    this.#workgroupArn = workgroup.attrWorkgroupWorkgroupArn;
    limitUsage(this, workgroup, settings.redshiftRpuHoursPerDay);
  }

  #createAdmin(key: kms.IKey): secretsmanager.Secret {
    const secret = new secretsmanager.Secret(this, "Admin", {
      description: "Administrator of Redshift's database, who lets the pipeline in",
      encryptionKey: key,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: ADMIN }),
        generateStringKey: "password",
        passwordLength: 40,
        excludePunctuation: true,
      },
    });
    argue(secret, {
      SMG4: "Used once, to let the pipeline in, of a database that can be loaded again; docs/aws.md says how to change it.",
    });
    return secret;
  }

  /** What COPY reads by: gold and quotes, and the manifests that list their files. */
  #createCopyRole(lake: s3.Bucket, key: kms.IKey): iam.Role {
    const role = new iam.Role(this, "Copy", {
      assumedBy: new iam.ServicePrincipal("redshift.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
      description: "COPY from gold into Redshift",
    });
    allow(this, "CopyPolicy", role, {
      statements: [
        {
          sid: "Gold",
          actions: ["s3:GetObject"],
          resources: ["gold/*", "speed/*", "runs/*"].map((keys) => lake.arnForObjects(keys)),
        },
        { sid: "Names", actions: ["s3:ListBucket", "s3:GetBucketLocation"], resources: [lake.bucketArn] },
        keyStatement(key),
      ],
      wildcards: "Keys hold the id of a run, which nobody knows beforehand; the folders are named.",
    });
    return role;
  }

  /**
   * Lets a role make the schema of gold: Redshift knows it as a user without a password, and gives it a key for some minutes.
   * What it makes it opens to whoever IAM lets in (`src/warehouse/redshift-tables.ts`). The statements run by themselves, so
   * that what fails of them is not told here: `carteira doctor` asks Redshift.
   */
  letIn(name: string, role: iam.IRole): void {
    const user = `"IAMR:${role.roleName}"`;
    const call = {
      service: "redshift-data",
      action: "batchExecuteStatement",
      parameters: {
        WorkgroupName: this.workgroup,
        Database: this.database,
        SecretArn: this.#admin.secretArn,
        Sqls: [
          `CREATE USER ${user} PASSWORD DISABLE`,
          `GRANT CREATE ON DATABASE "${this.database}" TO ${user}`,
        ],
      },
      physicalResourceId: PhysicalResourceId.of(role.roleName),
    };
    const made = new AwsCustomResource(this, `User${name}`, {
      resourceType: "Custom::RedshiftUser",
      installLatestAwsSdk: false,
      onCreate: call,
      onUpdate: call,
      policy: AwsCustomResourcePolicy.fromStatements([
        new iam.PolicyStatement({
          actions: ["redshift-data:BatchExecuteStatement"],
          resources: [this.#workgroupArn],
        }),
        new iam.PolicyStatement({
          actions: ["secretsmanager:GetSecretValue"],
          resources: [this.#admin.secretArn],
        }),
        new iam.PolicyStatement({ actions: ["kms:Decrypt"], resources: [this.#keyArn] }),
      ]),
    });
    made.node.addDependency(role);
  }

  /** What the bot and the functions are set to. */
  environment(): Readonly<Record<string, string>> {
    return {
      CARTEIRA_REDSHIFT_WORKGROUP: this.workgroup,
      CARTEIRA_REDSHIFT_DATABASE: this.database,
      CARTEIRA_REDSHIFT_COPY_ROLE: this.copyRole.roleArn,
    };
  }

  /** Running statements as the database's user of one's own role. */
  statements(): readonly Statement[] {
    return [
      {
        sid: "RedshiftStatements",
        actions: [
          "redshift-data:ExecuteStatement",
          "redshift-data:BatchExecuteStatement",
          "redshift-serverless:GetCredentials",
        ],
        resources: [this.#workgroupArn],
      },
      {
        sid: "RedshiftOwnStatements",
        actions: [
          "redshift-data:DescribeStatement",
          "redshift-data:GetStatementResult",
          "redshift-data:CancelStatement",
        ],
        // These actions know no resource; whose the statement is says the condition.
        resources: ["*"],
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of IAM.
        conditions: { StringEquals: { "redshift-data:statement-owner-iam-userid": "${aws:userid}" } },
      },
    ];
  }
}

/** Stops answering for the day, rather than spending on. CloudFormation has no resource for it, so that a call makes it. */
function limitUsage(scope: Construct, workgroup: redshift.CfnWorkgroup, hoursPerDay: number): void {
  const call = (action: string, parameters: Readonly<Record<string, unknown>>) => ({
    service: "redshift-serverless",
    action,
    parameters: { ...parameters },
  });
  const id = new PhysicalResourceIdReference();
  const actions = ["CreateUsageLimit", "UpdateUsageLimit", "DeleteUsageLimit"];
  const limit = new AwsCustomResource(scope, "UsageLimit", {
    resourceType: "Custom::RedshiftUsageLimit",
    installLatestAwsSdk: false,
    onCreate: {
      ...call("createUsageLimit", {
        resourceArn: workgroup.attrWorkgroupWorkgroupArn,
        usageType: "serverless-compute",
        period: "daily",
        amount: hoursPerDay,
        breachAction: "deactivate",
      }),
      physicalResourceId: PhysicalResourceId.fromResponse("usageLimit.usageLimitId"),
    },
    onUpdate: {
      ...call("updateUsageLimit", { usageLimitId: id, amount: hoursPerDay }),
      physicalResourceId: PhysicalResourceId.fromResponse("usageLimit.usageLimitId"),
    },
    onDelete: call("deleteUsageLimit", { usageLimitId: id }),
    policy: AwsCustomResourcePolicy.fromStatements([
      new iam.PolicyStatement({
        actions: actions.map((action) => `redshift-serverless:${action}`),
        // A limit has no name before it is made.
        resources: ["*"],
      }),
    ]),
  });
  argue(limit, {
    "IAM5[Resource::*]": "These three actions, on limits of use alone: a limit has no ARN before it is made.",
  });
  const caller = Stack.of(scope).node.findChild(CALLER);
  argue(caller, {
    L1: "CDK chooses the runtime of the function that makes such calls, and moves it with its releases.",
    "IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]":
      "AWS's own policy for writing logs; the function is CDK's.",
  });
}

import { Duration, RemovalPolicy } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import type * as kms from "aws-cdk-lib/aws-kms";
import * as rds from "aws-cdk-lib/aws-rds";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { argue } from "./argue.ts";
import type { Network } from "./network.ts";
import type { Settings } from "./settings.ts";

const PORT = 5432;
const DATABASE = "carteira";
const USER = "carteira";
const STORAGE_GIB = 20;
const STORAGE_GIB_MAX = 100;
/** Where the image keeps the certificates of RDS (Dockerfile). */
const CERTIFICATES = "/opt/carteira/rds-ca.pem";

/** What is kept beside the lake: uploads, people, audit, subscriptions, runs. A PostgreSQL that nothing outside reaches. */
export class State extends Construct {
  readonly instance: rds.DatabaseInstance;
  readonly secret: secretsmanager.ISecret;
  /** For CARTEIRA_STATE_URL: without the password, which is the secret's. */
  readonly url: string;
  readonly #group: ec2.SecurityGroup;

  constructor(
    scope: Construct,
    id: string,
    {
      settings,
      network,
      key,
    }: { readonly settings: Settings; readonly network: Network; readonly key: kms.IKey },
  ) {
    super(scope, id);
    this.#group = new ec2.SecurityGroup(this, "Group", {
      vpc: network.vpc,
      description: "State of Carteira: reached by the bot and the functions",
      allowAllOutbound: false,
    });
    const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 });
    this.instance = new rds.DatabaseInstance(this, "Database", {
      engine,
      vpc: network.vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      securityGroups: [this.#group],
      instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.SMALL),
      databaseName: DATABASE,
      credentials: rds.Credentials.fromUsername(USER),
      // RDS keeps the password and changes it; nobody ever sees it.
      manageMasterUserPassword: true,
      parameterGroup: new rds.ParameterGroup(this, "Parameters", {
        engine,
        description: "Connections by TLS only",
        parameters: { "rds.force_ssl": "1", log_min_duration_statement: "-1", log_statement: "none" },
      }),
      allocatedStorage: STORAGE_GIB,
      maxAllocatedStorage: STORAGE_GIB_MAX,
      storageType: rds.StorageType.GP3,
      storageEncrypted: true,
      storageEncryptionKey: key,
      multiAz: settings.databaseMultiAz,
      backupRetention: Duration.days(settings.databaseBackupDays),
      copyTagsToSnapshot: true,
      // Sunday at midnight in São Paulo: no session, no digest.
      preferredMaintenanceWindow: "sun:05:00-sun:06:00",
      preferredBackupWindow: "03:30-04:30",
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      cloudwatchLogsExports: ["postgresql"],
      publiclyAccessible: false,
    });
    encryptSecret(this.instance, key);
    this.secret = secretsmanager.Secret.fromSecretAttributes(this, "Secret", {
      secretCompleteArn: secretArnOf(this.instance),
      // Said, so that whoever is given the password may also decrypt it.
      encryptionKey: key,
    });
    const { hostname } = this.instance.instanceEndpoint;
    this.url = `postgres://${USER}@${hostname}:${PORT}/${DATABASE}?sslmode=verify-full&sslrootcert=${CERTIFICATES}`;
    argue(this.instance, {
      RDS3: "Two zones are a setting (databaseMultiAz): the lake has every file, and backups are kept.",
      RDS11:
        "No address outside reaches it, so that another port than PostgreSQL's would hide it from nobody.",
    });
  }

  /** Lets something of ours reach the database. */
  letIn(group: ec2.ISecurityGroup, whom: string): void {
    this.#group.addIngressRule(group, ec2.Port.tcp(PORT), whom);
  }
}

function definitionOf(instance: rds.DatabaseInstance): rds.CfnDBInstance {
  const found = instance.node.defaultChild;
  if (!(found instanceof rds.CfnDBInstance)) throw new Error("an instance of RDS is not made of what it was");
  return found;
}

/** The password is encrypted by our key, not by the account's. */
function encryptSecret(instance: rds.DatabaseInstance, key: kms.IKey): void {
  definitionOf(instance).masterUserSecret = { kmsKeyId: key.keyArn };
}

function secretArnOf(instance: rds.DatabaseInstance): string {
  return definitionOf(instance).attrMasterUserSecretSecretArn;
}

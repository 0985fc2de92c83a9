import { Stack, Validations } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as glue from "aws-cdk-lib/aws-glue";
import * as iam from "aws-cdk-lib/aws-iam";
import type * as kms from "aws-cdk-lib/aws-kms";
import * as quicksight from "aws-cdk-lib/aws-quicksight";
import type * as s3 from "aws-cdk-lib/aws-s3";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { argue } from "../argue.ts";
import { tableInputOf } from "../catalogue.ts";
import { allow, athenaStatements, keyStatement } from "../grants.ts";
import { type Network, PRIVATE } from "../network.ts";
import type { Redshift } from "../redshift.ts";
import { type Column, DATA_SETS } from "./data-sets.ts";
import { definitionOf } from "./definition.ts";
import { dashboardTables, inRedshift, onAthena } from "./published.ts";

/** Read-only user of Redshift, which a person makes once (docs/aws.md). */
const READER = "carteira_dashboard";
/** Who sees whose clients: `user_name;broker_id` a line, an empty broker for all of them. */
const READERS = "dashboard_readers";
const READER_COLUMNS: readonly Column[] = [
  { name: "UserName", type: "STRING" },
  { name: "broker_id", type: "STRING" },
];
/** After the close and the evening's run; a dashboard of the day before is what people open in the morning. */
const REFRESHED_AT = "20:30";
const ZONE = "America/Sao_Paulo";

export interface QuicksightProps {
  readonly name: string;
  readonly userArn: string;
  readonly network: Network;
  readonly key: kms.IKey;
  readonly lake: s3.Bucket;
  readonly results: s3.Bucket;
  readonly athena: { readonly workgroup: string; readonly database: string };
  /** Null: the dashboard reads through Athena. */
  readonly redshift: Redshift | null;
}

/**
 * One dashboard for whoever leads the brokers. Its figures are copied into QuickSight's memory (SPICE) each evening, so that
 * looking at it wakes nothing. Rows are held back by broker: a person who is not in the list of readers sees none.
 */
export class Quicksight extends Construct {
  readonly url: string;
  readonly #props: QuicksightProps;

  constructor(scope: Construct, id: string, props: QuicksightProps) {
    super(scope, id);
    this.#props = props;
    const athena = this.#createAthenaSource();
    const rules = this.#createReaders(athena);
    const { redshift } = props;
    const source = redshift === null ? athena : this.#createRedshiftSource(redshift);
    const tables = redshift === null ? this.#createTables() : [];
    const rowsOf = redshift === null ? onAthena(props.athena.database) : inRedshift;
    const sets = DATA_SETS.map(({ id: setId, title, columns, sql }) =>
      this.#createDataSet({ id: setId, title, columns, sql: sql(rowsOf), source, rules }),
    );
    for (const set of sets) for (const table of tables) set.addResourceDependency(table);
    const definition = definitionOf(sets.map((set) => set.attrArn));
    const shared = { awsAccountId: Stack.of(this).account, name: "Carteira", definition };
    new quicksight.CfnAnalysis(this, "Analysis", {
      ...shared,
      analysisId: props.name,
      permissions: this.#permissions(ANALYSIS_ACTIONS),
    });
    const dashboard = new quicksight.CfnDashboard(this, "Dashboard", {
      ...shared,
      dashboardId: props.name,
      permissions: this.#permissions(DASHBOARD_ACTIONS),
      dashboardPublishOptions: { exportToCsvOption: { availabilityStatus: "DISABLED" } },
    });
    this.url = `https://${Stack.of(this).region}.quicksight.aws.amazon.com/sn/dashboards/${dashboard.dashboardId}`;
  }

  #permissions(actions: readonly string[]) {
    return [{ principal: this.#props.userArn, actions: actions.map((action) => `quicksight:${action}`) }];
  }

  #createTables(): readonly glue.CfnTable[] {
    const { lake } = this.#props;
    return dashboardTables(lake.bucketName).map((table) =>
      this.#createTable(table.name, tableInputOf(table)),
    );
  }

  #createTable(id: string, tableInput: glue.CfnTable.TableInputProperty): glue.CfnTable {
    const { account: catalogId } = Stack.of(this);
    return new glue.CfnTable(this, id, { catalogId, databaseName: this.#props.athena.database, tableInput });
  }

  #createAthenaSource(): quicksight.CfnDataSource {
    const { name, lake, results, key, athena } = this.#props;
    const role = new iam.Role(this, "AthenaRole", {
      assumedBy: new iam.ServicePrincipal("quicksight.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
      description: "Dashboard of Carteira: reads gold through Athena",
    });
    allow(this, "AthenaPolicy", role, {
      statements: [
        ...athenaStatements(this, { ...athena, results, lake }),
        {
          sid: "Gold",
          actions: ["s3:GetObject"],
          resources: ["gold/*", "access/*"].map((keys) => lake.arnForObjects(keys)),
        },
        { sid: "Names", actions: ["s3:ListBucket", "s3:GetBucketLocation"], resources: [lake.bucketArn] },
        keyStatement(key),
      ],
      wildcards: "Keys of gold hold ids of runs; tables are those of one database.",
    });
    return new quicksight.CfnDataSource(this, "Athena", {
      awsAccountId: Stack.of(this).account,
      dataSourceId: `${name}-athena`,
      name: "Carteira (Athena)",
      type: "ATHENA",
      dataSourceParameters: { athenaParameters: { workGroup: athena.workgroup, roleArn: role.roleArn } },
      permissions: this.#permissions(SOURCE_ACTIONS),
    });
  }

  #createRedshiftSource(redshift: Redshift): quicksight.CfnDataSource {
    const { name, network, key } = this.#props;
    const group = network.group(this, "Group", "Dashboard of Carteira: QuickSight within the network");
    redshift.group.addIngressRule(group, ec2.Port.tcp(redshift.port), "Dashboard");
    // QuickSight's own interfaces keep no state: the answers have to be let in as well.
    group.addIngressRule(redshift.group, ec2.Port.allTcp(), "Answers of Redshift");
    const connection = new quicksight.CfnVPCConnection(this, "Connection", {
      awsAccountId: Stack.of(this).account,
      vpcConnectionId: name,
      name: "Carteira",
      roleArn: this.#createNetworkRole().roleArn,
      subnetIds: network.vpc.selectSubnets(PRIVATE).subnetIds,
      securityGroupIds: [group.securityGroupId],
    });
    const secret = new secretsmanager.Secret(this, "Reader", {
      description: "User of Redshift that the dashboard reads as",
      encryptionKey: key,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: READER }),
        generateStringKey: "password",
        passwordLength: 40,
        excludePunctuation: true,
      },
    });
    argue(secret, {
      SMG4: "A reader of views within the network; docs/aws.md says how to change its password.",
    });
    return new quicksight.CfnDataSource(this, "Redshift", {
      awsAccountId: Stack.of(this).account,
      dataSourceId: `${name}-redshift`,
      name: "Carteira (Redshift)",
      type: "REDSHIFT",
      dataSourceParameters: {
        redshiftParameters: { database: redshift.database, host: redshift.host, port: redshift.port },
      },
      credentials: { secretArn: secret.secretArn },
      vpcConnectionProperties: { vpcConnectionArn: connection.attrArn },
      permissions: this.#permissions(SOURCE_ACTIONS),
    });
  }

  #createNetworkRole(): iam.Role {
    const role = new iam.Role(this, "NetworkRole", {
      assumedBy: new iam.ServicePrincipal("quicksight.amazonaws.com"),
      description: "Dashboard of Carteira: network interfaces of QuickSight",
    });
    allow(this, "NetworkPolicy", role, {
      statements: [
        {
          sid: "Interfaces",
          actions: [
            "ec2:CreateNetworkInterface",
            "ec2:ModifyNetworkInterfaceAttribute",
            "ec2:DeleteNetworkInterface",
            "ec2:DescribeSubnets",
            "ec2:DescribeSecurityGroups",
          ],
          // What AWS asks for a connection: the interfaces have no names before they are made.
          resources: ["*"],
        },
      ],
      wildcards: "Five actions on network interfaces, as AWS asks for a connection into a network.",
    });
    return role;
  }

  /** The list of readers lies in the lake as a file that an administrator writes. */
  #createReaders(source: quicksight.CfnDataSource): quicksight.CfnDataSet {
    const { lake, athena } = this.#props;
    const table = this.#createTable("ReadersTable", readersTable(lake.s3UrlForObject(`access/${READERS}/`)));
    const set = this.#createDataSet({
      id: "leitores",
      title: "Leitores",
      columns: READER_COLUMNS,
      // An empty cell stands for every broker, which QuickSight says by null.
      sql: `SELECT user_name AS "UserName", NULLIF(broker_id, '') AS broker_id FROM "${athena.database}"."${READERS}"`,
      source,
      rules: null,
    });
    set.addResourceDependency(table);
    return set;
  }

  #createDataSet(of: {
    readonly id: string;
    readonly title: string;
    readonly columns: readonly Column[];
    readonly sql: string;
    readonly source: quicksight.CfnDataSource;
    /** Null: these are the rules themselves. */
    readonly rules: quicksight.CfnDataSet | null;
  }): quicksight.CfnDataSet {
    const awsAccountId = Stack.of(this).account;
    const dataSetId = `${this.#props.name}-${of.id}`;
    const set = new quicksight.CfnDataSet(this, `Set-${of.id}`, {
      awsAccountId,
      dataSetId,
      name: of.title,
      importMode: "SPICE",
      physicalTableMap: {
        [of.id]: {
          customSql: {
            dataSourceArn: of.source.attrArn,
            name: of.title,
            sqlQuery: of.sql,
            columns: of.columns.map(({ name, type }) => ({ name, type })),
          },
        },
      },
      ...(of.rules === null
        ? { useAs: "RLS_RULES" }
        : {
            rowLevelPermissionDataSet: {
              arn: of.rules.attrArn,
              permissionPolicy: "GRANT_ACCESS",
              formatVersion: "VERSION_1",
              status: "ENABLED",
            },
          }),
      permissions: this.#permissions(DATA_SET_ACTIONS),
    });
    Validations.of(set).acknowledge({
      id: "CloudFormation-Validate::W9009",
      reason:
        "The property has a successor in data sets that are prepared in the newer way; in these it is the one there is.",
    });
    new quicksight.CfnRefreshSchedule(this, `Refresh-${of.id}`, {
      awsAccountId,
      dataSetId,
      schedule: {
        scheduleId: "evening",
        refreshType: "FULL_REFRESH",
        scheduleFrequency: { interval: "DAILY", timeOfTheDay: REFRESHED_AT, timeZone: ZONE },
      },
    }).addResourceDependency(set);
    return set;
  }
}

function readersTable(location: string): glue.CfnTable.TableInputProperty {
  return {
    name: READERS,
    description: "Who sees whose clients on the dashboard",
    tableType: "EXTERNAL_TABLE",
    parameters: { EXTERNAL: "TRUE", "skip.header.line.count": "1" },
    storageDescriptor: {
      location,
      columns: ["user_name", "broker_id"].map((name) => ({ name, type: "string" })),
      inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
      outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
      serdeInfo: {
        serializationLibrary: "org.apache.hadoop.hive.serde2.OpenCSVSerde",
        parameters: { separatorChar: ";" },
      },
    },
  };
}

const SOURCE_ACTIONS = ["DescribeDataSource", "DescribeDataSourcePermissions", "PassDataSource"];
const DATA_SET_ACTIONS = [
  "DescribeDataSet",
  "DescribeDataSetPermissions",
  "PassDataSet",
  "DescribeIngestion",
  "ListIngestions",
  "CreateIngestion",
  "CancelIngestion",
];
const ANALYSIS_ACTIONS = [
  "DescribeAnalysis",
  "DescribeAnalysisPermissions",
  "UpdateAnalysis",
  "DeleteAnalysis",
  "QueryAnalysis",
  "RestoreAnalysis",
  "UpdateAnalysisPermissions",
];
const DASHBOARD_ACTIONS = [
  "DescribeDashboard",
  "ListDashboardVersions",
  "QueryDashboard",
  "UpdateDashboard",
  "DeleteDashboard",
  "DescribeDashboardPermissions",
  "UpdateDashboardPermissions",
  "UpdateDashboardPublishedVersion",
];

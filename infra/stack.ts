import { CfnOutput, Stack, Tags } from "aws-cdk-lib";
import type { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import { Athena } from "./athena.ts";
import { Bot } from "./bot.ts";
import { Catalogue } from "./catalogue.ts";
import { Edge } from "./edge.ts";
import { GlueJob } from "./glue-job.ts";
import { athenaStatements, lakeStatements } from "./grants.ts";
import { createKey } from "./keys.ts";
import { Network } from "./network.ts";
import { Pipeline } from "./pipeline.ts";
import { Quicksight } from "./quicksight/quicksight.ts";
import { Redshift } from "./redshift.ts";
import { isReached, type Settings } from "./settings.ts";
import { State } from "./state.ts";
import { Storage } from "./storage.ts";
import { Watch } from "./watch.ts";

/** What CDK does in another way for whoever began later. */
const FLAGS = [
  "@aws-cdk/aws-iam:minimizePolicies",
  "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy",
  "@aws-cdk/aws-events:eventsTargetQueueSameAccount",
  "@aws-cdk/core:checkSecretUsage",
];

/** What everything else rests on. */
interface Base {
  readonly name: string;
  readonly settings: Settings;
  readonly key: Key;
  readonly storage: Storage;
  readonly network: Network;
  readonly state: State;
}

/** What makes gold, and what reads it. */
interface Engines {
  readonly glueJob: GlueJob;
  readonly athena: { readonly workgroup: string; readonly database: string };
  /** Null: Athena answers everything. */
  readonly redshift: Redshift | null;
  readonly quicksight: Quicksight | null;
}

/** What runs. */
interface Services {
  readonly pipeline: Pipeline;
  readonly bot: Bot;
  /** Null where nothing is public. */
  readonly edge: Edge | null;
}

/** All of Carteira on AWS as one stack: its parts name each other, and what must outlive it is kept when it goes. */
export class CarteiraStack extends Stack {
  constructor(scope: Construct, settings: Settings) {
    const name = `carteira-${settings.environment}`;
    super(scope, name, {
      stackName: name,
      description: "Carteira: portfolios of brokers' clients, answered in chat",
      // Of any account: the one that the credentials at hand are of.
      env: { region: settings.region },
      terminationProtection: true,
    });
    for (const flag of FLAGS) this.node.setContext(flag, true);
    Tags.of(this).add("project", "carteira");
    Tags.of(this).add("environment", settings.environment);
    const key = createKey(this);
    const storage = new Storage(this, "Storage", { settings, key });
    const network = new Network(this, "Network", { settings, key });
    const state = new State(this, "State", { settings, network, key });
    const base: Base = { name, settings, key, storage, network, state };
    const engines = createEngines(this, base);
    const services = createServices(this, base, engines);
    new Watch(this, "Watch", { settings, key, name, state, ...services });
    for (const [output, value] of Object.entries(outputsOf(base, engines, services)))
      new CfnOutput(this, output, { value });
  }
}

function createEngines(stack: Stack, { name, settings, key, storage, network }: Base): Engines {
  const { lake, results } = storage;
  const database = name.replaceAll("-", "_");
  new Catalogue(stack, "Catalogue", { database, bucket: lake.bucketName });
  const glueJob = new GlueJob(stack, "Glue", { name, settings, lake, key });
  const { workgroup } = new Athena(stack, "Athena", { name, results, key });
  const athena = { workgroup, database };
  const redshift = settings.redshift
    ? new Redshift(stack, "Redshift", { name, settings, network, lake, key })
    : null;
  const { quicksightUserArn: userArn } = settings;
  const quicksight =
    userArn === undefined
      ? null
      : new Quicksight(stack, "Quicksight", { name, userArn, network, key, lake, results, athena, redshift });
  return { glueJob, athena, redshift, quicksight };
}

function createServices(stack: Stack, base: Base, engines: Engines): Services {
  const { settings, key, storage, network, state } = base;
  const { glueJob, redshift, quicksight } = engines;
  const environment = environmentOf(base, engines);
  const statements = [
    ...lakeStatements(storage.lake, key),
    ...athenaStatements(stack, { ...engines.athena, results: storage.results, lake: storage.lake }),
    ...(redshift === null ? [] : redshift.statements()),
  ];
  const pipeline = new Pipeline(stack, "Pipeline", {
    settings,
    network,
    key,
    lake: storage.lake,
    glueJob,
    environment: {
      ...environment,
      CARTEIRA_HOME: "/tmp/carteira",
      CARTEIRA_STATE_SECRET: state.secret.secretArn,
    },
    statements: [
      ...statements,
      { sid: "Password", actions: ["secretsmanager:GetSecretValue"], resources: [state.secret.secretArn] },
    ],
  });
  const bot = new Bot(stack, "Bot", {
    settings,
    network,
    key,
    state,
    environment: {
      ...settings.bot,
      ...environment,
      ...(quicksight === null ? {} : { CARTEIRA_DASHBOARD_URL: quicksight.url }),
    },
    statements,
  });
  state.letIn(pipeline.group, "Functions");
  state.letIn(bot.group, "Bot");
  redshift?.letIn("Pipeline", pipeline.role);
  return { pipeline, bot, edge: createEdge(stack, base, bot) };
}

/** Settings of the bot and of both functions: names of src/config.ts. */
function environmentOf({ storage, key, state }: Base, { glueJob, athena, redshift }: Engines) {
  return {
    CARTEIRA_LAKE_BUCKET: storage.lake.bucketName,
    CARTEIRA_LAKE_KMS_KEY: key.keyArn,
    CARTEIRA_STATE_URL: state.url,
    CARTEIRA_GLUE_JOB: glueJob.jobName,
    CARTEIRA_ATHENA_WORKGROUP: athena.workgroup,
    CARTEIRA_ATHENA_DATABASE: athena.database,
    ...(redshift === null ? {} : redshift.environment()),
  };
}

function createEdge(stack: Stack, { settings, network, storage }: Base, bot: Bot): Edge | null {
  const { certificateArn } = settings;
  if (!isReached(settings) || certificateArn === undefined) return null;
  const { service, group: serviceGroup } = bot;
  return new Edge(stack, "Edge", {
    settings,
    network,
    logs: storage.logs,
    service,
    serviceGroup,
    certificateArn,
  });
}

/** What the steps of docs/aws.md ask for. */
function outputsOf({ storage, network }: Base, { quicksight }: Engines, { bot, edge }: Services) {
  return {
    LakeBucket: storage.lake.bucketName,
    ResultsBucket: storage.results.bucketName,
    TokensSecret: bot.tokens.secretName,
    Cluster: bot.cluster.clusterName,
    Service: bot.service.serviceName,
    BotLog: bot.logGroup.logGroupName,
    TaskDefinition: bot.task.taskDefinitionArn,
    TaskSubnets: network.vpc.privateSubnets.map(({ subnetId }) => subnetId).join(","),
    TaskSecurityGroup: bot.group.securityGroupId,
    ...(edge === null ? {} : { BalancerName: edge.balancer.loadBalancerDnsName }),
    ...(quicksight === null ? {} : { DashboardUrl: quicksight.url }),
  };
}

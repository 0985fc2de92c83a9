import { CfnOutput, Stack, Tags } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { Athena } from "./athena.ts";
import { Bot } from "./bot.ts";
import { Catalogue } from "./catalogue.ts";
import { Edge } from "./edge.ts";
import { GlueJob } from "./glue-job.ts";
import { athenaStatements, lakeStatements, type Statement } from "./grants.ts";
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
  "@aws-cdk/core:checkSecretUsage",
];

/** All of Carteira on AWS as one stack: its parts name each other, and what must outlive it is kept when it goes. */
export class CarteiraStack extends Stack {
  /** What the bot and the functions are set to; the bot has more. */
  readonly environmentOfAll: Readonly<Record<string, string>>;

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
    const { lake, results, logs } = new Storage(this, "Storage", { settings, key });
    const network = new Network(this, "Network", { settings, key });
    const state = new State(this, "State", { settings, network, key });
    const { database } = new Catalogue(this, "Catalogue", { database: name.replaceAll("-", "_"), bucket: lake.bucketName });
    const glueJob = new GlueJob(this, "Glue", { name, settings, lake, key });
    const { workgroup } = new Athena(this, "Athena", { name, results, key });
    const redshift = settings.redshift ? new Redshift(this, "Redshift", { name, settings, network, lake, key }) : null;
    const athena = { workgroup, database };
    const quicksight =
      settings.quicksightUserArn === undefined
        ? null
        : new Quicksight(this, "Quicksight", {
            name,
            userArn: settings.quicksightUserArn,
            network,
            key,
            lake,
            results,
            athena,
            redshift,
          });

    const environment = {
      CARTEIRA_LAKE_BUCKET: lake.bucketName,
      CARTEIRA_LAKE_KMS_KEY: key.keyArn,
      CARTEIRA_STATE_URL: state.url,
      CARTEIRA_GLUE_JOB: glueJob.jobName,
      CARTEIRA_ATHENA_WORKGROUP: workgroup,
      CARTEIRA_ATHENA_DATABASE: database,
      ...(redshift === null ? {} : redshift.environment()),
    };
    this.environmentOfAll = environment;
    const statements: readonly Statement[] = [
      ...lakeStatements(lake, key),
      ...athenaStatements(this, { ...athena, results }),
      ...(redshift === null ? [] : redshift.statements()),
    ];
    const pipeline = new Pipeline(this, "Pipeline", {
      settings,
      network,
      key,
      lake,
      glueJob,
      environment: { ...environment, CARTEIRA_HOME: "/tmp/carteira", CARTEIRA_STATE_SECRET: state.secret.secretArn },
      statements: [
        ...statements,
        { sid: "Password", actions: ["secretsmanager:GetSecretValue"], resources: [state.secret.secretArn] },
      ],
    });
    const bot = new Bot(this, "Bot", {
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
    const { certificateArn } = settings;
    const edge =
      isReached(settings) && certificateArn !== undefined
        ? new Edge(this, "Edge", { settings, network, logs, service: bot.service, serviceGroup: bot.group, certificateArn })
        : null;
    new Watch(this, "Watch", { settings, key, name, pipeline, state, bot, edge });
    this.#tell({
      LakeBucket: lake.bucketName,
      TokensSecret: bot.tokens.secretName,
      Cluster: bot.cluster.clusterName,
      Service: bot.service.serviceName,
      TaskDefinition: bot.task.taskDefinitionArn,
      TaskSubnets: network.vpc.privateSubnets.map(({ subnetId }) => subnetId).join(","),
      TaskSecurityGroup: bot.group.securityGroupId,
      ...(edge === null ? {} : { BalancerName: edge.balancer.loadBalancerDnsName }),
      ...(quicksight === null ? {} : { DashboardUrl: quicksight.url }),
    });
  }

  /** What the steps of docs/aws.md ask for. */
  #tell(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}

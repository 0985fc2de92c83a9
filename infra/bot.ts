import { Duration, RemovalPolicy, TimeZone } from "aws-cdk-lib";
import type * as ec2 from "aws-cdk-lib/aws-ec2";
import { DockerImageAsset } from "aws-cdk-lib/aws-ecr-assets";
import * as ecs from "aws-cdk-lib/aws-ecs";
import * as iam from "aws-cdk-lib/aws-iam";
import type * as kms from "aws-cdk-lib/aws-kms";
import * as logs from "aws-cdk-lib/aws-logs";
import { Schedule, ScheduleExpression, ScheduleTargetInput } from "aws-cdk-lib/aws-scheduler";
import { Universal } from "aws-cdk-lib/aws-scheduler-targets";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { argue } from "./argue.ts";
import { fits } from "./fits.ts";
import { allow, type Statement } from "./grants.ts";
import { image } from "./image.ts";
import { type Network, PRIVATE } from "./network.ts";
import type { Settings } from "./settings.ts";
import type { State } from "./state.ts";

const CPU = 1_024;
const MEMORY_MIB = 3_072;
/** Copies of what is staged of the lake; Fargate gives 20 GiB without charge, and takes no less than 21 where it is said. */
const HOME = "/var/carteira";
/** What reports, files and pictures are written to for the time being. */
const TEMPORARY = "/tmp";
/** Charts are drawn in threads of their own; a question that waits for Athena ends within half a minute. */
const STOP_TIMEOUT = Duration.seconds(60);

/** Ports of the service as src/config.ts has them. */
export const SLACK_PORT = 3001;
export const TEAMS_PORT = 3978;

export interface BotProps {
  readonly settings: Settings;
  readonly network: Network;
  readonly key: kms.IKey;
  readonly state: State;
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly Statement[];
}

/** The service that people talk to: one task of Fargate, which nothing reaches unless `edge.ts` lets it. */
export class Bot extends Construct {
  readonly service: ecs.FargateService;
  readonly group: ec2.SecurityGroup;
  readonly cluster: ecs.ICluster;
  readonly task: ecs.FargateTaskDefinition;
  readonly logGroup: logs.LogGroup;
  /** Tokens of Slack and Teams, which a person puts there. */
  readonly tokens: secretsmanager.ISecret;

  constructor(scope: Construct, id: string, props: BotProps) {
    super(scope, id);
    const { settings, network, key } = props;
    this.tokens = this.#createTokens(key);
    this.logGroup = new logs.LogGroup(this, "Log", { encryptionKey: key, retention: settings.logDays });
    this.cluster = fits<ecs.ICluster>(
      new ecs.Cluster(this, "Cluster", {
        vpc: network.vpc,
        containerInsightsV2: ecs.ContainerInsights.ENABLED,
      }),
    );
    this.task = this.#createTask(props);
    this.group = network.group(this, "Group", "Bot of Carteira");
    this.service = new ecs.FargateService(this, "Service", {
      cluster: this.cluster,
      taskDefinition: this.task,
      desiredCount: settings.botTasks,
      vpcSubnets: PRIVATE,
      securityGroups: [this.group],
      assignPublicIp: false,
      // Two at once share the state: an update is not noticed.
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { rollback: true },
      propagateTags: ecs.PropagatedTagSource.SERVICE,
    });
    this.#renewPassword(props.state);
  }

  #createTokens(key: kms.IKey): secretsmanager.ISecret {
    const tokens = new secretsmanager.Secret(this, "Tokens", {
      description: "Tokens of Slack and Teams, as JSON of the names that docs/aws.md lists",
      encryptionKey: key,
      generateSecretString: { secretStringTemplate: "{}", generateStringKey: "NOT_SET_YET" },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    argue(tokens, {
      SMG4: "Slack and Microsoft give these out by hand; no function can ask them for new ones.",
    });
    return fits<secretsmanager.ISecret>(tokens);
  }

  #createTask({ settings, state, environment, statements }: BotProps): ecs.FargateTaskDefinition {
    const role = new iam.Role(this, "Role", {
      assumedBy: new iam.ServicePrincipal("ecs-tasks.amazonaws.com"),
      description: "The bot of Carteira",
    });
    allow(this, "Policy", role, {
      statements,
      wildcards:
        "The lake as a whole, tables of one database, and actions that know no resource but hold a condition.",
    });
    const task = new ecs.FargateTaskDefinition(this, "Task", {
      cpu: CPU,
      memoryLimitMiB: MEMORY_MIB,
      taskRole: role,
      runtimePlatform: {
        cpuArchitecture: ecs.CpuArchitecture.X86_64,
        operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
      },
      volumes: [{ name: "home" }, { name: "temporary" }],
    });
    const { directory, ...options } = image("bot");
    const container = task.addContainer("bot", {
      image: ecs.ContainerImage.fromDockerImageAsset(
        new DockerImageAsset(this, "Image", { directory, ...options }),
      ),
      environment: { ...environment, CARTEIRA_HOME: HOME },
      secrets: {
        ...this.#secretsOf(settings),
        PGPASSWORD: ecs.Secret.fromSecretsManager(state.secret, "password"),
      },
      logging: ecs.LogDrivers.awsLogs({
        streamPrefix: "bot",
        logGroup: this.logGroup,
      }),
      readonlyRootFilesystem: true,
      linuxParameters: new ecs.LinuxParameters(this, "Linux", { initProcessEnabled: true }),
      stopTimeout: STOP_TIMEOUT,
      healthCheck: {
        command: ["CMD", "node", "/app/infra/image/health.mjs"],
        interval: Duration.seconds(30),
        timeout: Duration.seconds(10),
        retries: 3,
        startPeriod: Duration.seconds(120),
      },
      portMappings: portsOf(settings).map((containerPort) => ({ containerPort })),
    });
    container.addMountPoints(
      { sourceVolume: "home", containerPath: HOME, readOnly: false },
      { sourceVolume: "temporary", containerPath: TEMPORARY, readOnly: false },
    );
    argue(task, {
      ECS2: "What stands there is names and addresses; whatever is secret comes from Secrets Manager (a test holds that).",
      "IAM5[Resource::*]": "Asking ECR for a token knows no resource.",
    });
    return task;
  }

  #secretsOf(settings: Settings): Readonly<Record<string, ecs.Secret>> {
    return Object.fromEntries(
      tokenNames(settings).map((name) => [name, ecs.Secret.fromSecretsManager(this.tokens, name)]),
    );
  }

  /**
   * RDS would change the password on a day of its own, and a running task keeps the one it was started with. So it is changed
   * when nobody works, each Sunday night, and the tasks are started anew a quarter of an hour later.
   */
  #renewPassword({ secret }: State): void {
    const at = (minute: string) =>
      ScheduleExpression.cron({ minute, hour: "4", weekDay: "SUN", timeZone: TimeZone.AMERICA_SAO_PAULO });
    new Schedule(this, "NewPassword", {
      description: "Changes the password of the database",
      schedule: at("0"),
      target: new Universal({
        service: "secretsmanager",
        action: "rotateSecret",
        input: ScheduleTargetInput.fromObject({
          SecretId: secret.secretArn,
          RotateImmediately: true,
          // Its own day never comes: ours is always before it.
          RotationRules: { AutomaticallyAfterDays: 30 },
        }),
        policyStatements: [
          new iam.PolicyStatement({
            actions: ["secretsmanager:RotateSecret"],
            resources: [secret.secretArn],
          }),
        ],
      }),
    });
    new Schedule(this, "NewTasks", {
      description: "Starts the bot with the new password",
      schedule: at("15"),
      target: new Universal({
        service: "ecs",
        action: "updateService",
        input: ScheduleTargetInput.fromObject({
          Cluster: this.cluster.clusterName,
          Service: this.service.serviceName,
          ForceNewDeployment: true,
        }),
        policyStatements: [
          new iam.PolicyStatement({ actions: ["ecs:UpdateService"], resources: [this.service.serviceArn] }),
        ],
      }),
    });
  }
}

/** What of the secret the bot is given, under the names that src/config.ts reads. */
function tokenNames({ slack, teams }: Pick<Settings, "slack" | "teams">): readonly string[] {
  return [
    ...(slack === "off" ? [] : ["SLACK_BOT_TOKEN"]),
    ...(slack === "socket" ? ["SLACK_APP_TOKEN"] : []),
    ...(slack === "http" ? ["SLACK_SIGNING_SECRET"] : []),
    ...(teams ? ["TEAMS_APP_ID", "TEAMS_APP_PASSWORD", "TEAMS_TENANT_ID"] : []),
  ];
}

function portsOf({ slack, teams }: Settings): readonly number[] {
  return [...(slack === "http" ? [SLACK_PORT] : []), ...(teams ? [TEAMS_PORT] : [])];
}

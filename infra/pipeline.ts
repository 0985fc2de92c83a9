import { Duration, Size, Stack, TimeZone } from "aws-cdk-lib";
import type * as ec2 from "aws-cdk-lib/aws-ec2";
import * as events from "aws-cdk-lib/aws-events";
import * as targets from "aws-cdk-lib/aws-events-targets";
import * as iam from "aws-cdk-lib/aws-iam";
import type * as kms from "aws-cdk-lib/aws-kms";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import * as logs from "aws-cdk-lib/aws-logs";
import type * as s3 from "aws-cdk-lib/aws-s3";
import { Schedule, ScheduleExpression, ScheduleTargetInput } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import * as sqs from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { argue } from "./argue.ts";
import { allow, argueResource, keyStatement, type Statement, statementOf } from "./grants.ts";
import { image } from "./image.ts";
import { type Network, PRIVATE } from "./network.ts";
import type { Settings } from "./settings.ts";

/** What a function in a network needs: its logs and its network interfaces. */
const VPC_POLICY = "service-role/AWSLambdaVPCAccessExecutionRole";
const AWS_POLICY = `IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${VPC_POLICY}]`;
const PIPELINE_TIMEOUT = Duration.minutes(10);
/** A whole refresh asks for each instrument's history, four a second. */
const MARKET_TIMEOUT = Duration.minutes(15);
/** AWS's advice: an event that is being worked on must not be given out again. */
const VISIBILITY_PER_TIMEOUT = 6;
const ATTEMPTS_MAX = 5;
/** What nobody could work on waits for a person this long. */
const DEAD_RETENTION = Duration.days(14);
/** DuckDB takes four fifths of the memory, and puts on disk what does not fit. */
const MEMORY_MIB = 2_048;
const DISK_GIB = 4;
/** Requests, ends of jobs, and the sweep. More at once would only wait for each other: one run is under way at a time. */
const PIPELINE_AT_ONCE = 6;
const REQUESTS_AT_ONCE = 2;

export interface PipelineProps {
  readonly settings: Settings;
  readonly network: Network;
  readonly key: kms.IKey;
  readonly lake: s3.Bucket;
  readonly glueJob: { readonly jobName: string; readonly arn: string };
  /** Settings of both functions: names of src/config.ts. */
  readonly environment: Readonly<Record<string, string>>;
  /** What both functions may do, beside starting the job. */
  readonly statements: readonly Statement[];
}

/**
 * What moves a file from bronze to gold (function `pipeline`), and what follows the market (function `market`). Both come
 * from one image. Every event lies in a queue until it was worked on, and in another one where it could not be.
 */
export class Pipeline extends Construct {
  readonly pipeline: lambda.DockerImageFunction;
  readonly market: lambda.DockerImageFunction;
  readonly group: ec2.SecurityGroup;
  /** Of the function `pipeline`. */
  readonly role: iam.IRole;
  readonly queues: readonly sqs.Queue[];
  readonly deadLetters: readonly sqs.Queue[];
  readonly succeeded: events.Rule;
  readonly failed: events.Rule;
  readonly #props: PipelineProps;

  constructor(scope: Construct, id: string, props: PipelineProps) {
    super(scope, id);
    this.#props = props;
    this.group = props.network.group(
      this,
      "Group",
      "Functions of Carteira: they call out, nobody calls them",
    );
    this.pipeline = this.#createFunction("pipeline", { timeout: PIPELINE_TIMEOUT, atOnce: PIPELINE_AT_ONCE });
    this.market = this.#createFunction("market", { timeout: MARKET_TIMEOUT, atOnce: 1 });
    this.role = this.#allowJob();
    const requests = this.#createQueue("Requests");
    const jobs = this.#createQueue("Jobs");
    this.#takeRequests(requests.queue);
    this.succeeded = this.#takeJobs(jobs.queue, "JobSucceeded", ["SUCCEEDED"]);
    this.failed = this.#takeJobs(jobs.queue, "JobFailed", ["FAILED", "TIMEOUT", "STOPPED", "ERROR"]);
    const missed = this.#createDeadLetters("Missed");
    argue(missed, { SQS3: "It is itself where schedules leave what they could not hand on." });
    this.#schedule(missed);
    this.queues = [requests.queue, jobs.queue];
    this.deadLetters = [requests.dead, jobs.dead, missed];
  }

  #createFunction(
    handler: "pipeline" | "market",
    { timeout, atOnce }: { readonly timeout: Duration; readonly atOnce: number },
  ): lambda.DockerImageFunction {
    const { settings, network, key, environment, statements } = this.#props;
    const { directory, ...options } = image("lambda");
    const role = new iam.Role(this, `${handler}Role`, {
      assumedBy: new iam.ServicePrincipal("lambda.amazonaws.com"),
      description: `Function ${handler} of Carteira`,
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(VPC_POLICY)],
    });
    argue(role, { [AWS_POLICY]: "AWS's own policy for a function within a network." });
    allow(this, `${handler}Policy`, role, {
      statements,
      wildcards:
        "The lake as a whole, tables of one database, and actions that know no resource but hold a condition.",
    });
    return new lambda.DockerImageFunction(this, handler, {
      code: lambda.DockerImageCode.fromImageAsset(directory, {
        ...options,
        cmd: [`src/main/aws/handlers.${handler}`],
      }),
      architecture: lambda.Architecture.X86_64,
      description: handler === "pipeline" ? "Runs of the pipeline on Glue" : "Prices, rates and quotes",
      role,
      environment: { ...environment },
      environmentEncryption: key,
      timeout,
      memorySize: MEMORY_MIB,
      ephemeralStorageSize: Size.gibibytes(DISK_GIB),
      reservedConcurrentExecutions: atOnce,
      vpc: network.vpc,
      vpcSubnets: PRIVATE,
      securityGroups: [this.group],
      logGroup: new logs.LogGroup(this, `${handler}Log`, { encryptionKey: key, retention: settings.logDays }),
      // Of what the schedules start: a minute later they try again by themselves, and what waited is out of date.
      retryAttempts: 0,
      maxEventAge: Duration.minutes(1),
    });
  }

  /** The pipeline alone starts the job, and looks for a run that it may have started before it died. */
  #allowJob(): iam.IRole {
    const { glueJob } = this.#props;
    const { role } = this.pipeline;
    if (role === undefined) throw new Error("a function of Lambda has a role");
    allow(this, "Job", role, {
      statements: [
        {
          sid: "Job",
          actions: ["glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns"],
          resources: [glueJob.arn],
        },
      ],
      wildcards: "None: the job is named.",
    });
    return role;
  }

  #createDeadLetters(name: string): sqs.Queue {
    return new sqs.Queue(this, `${name}Dead`, {
      encryption: sqs.QueueEncryption.KMS,
      encryptionMasterKey: this.#props.key,
      enforceSSL: true,
      retentionPeriod: DEAD_RETENTION,
    });
  }

  #createQueue(name: string): { readonly queue: sqs.Queue; readonly dead: sqs.Queue } {
    const dead = this.#createDeadLetters(name);
    const queue = new sqs.Queue(this, name, {
      encryption: sqs.QueueEncryption.KMS,
      encryptionMasterKey: this.#props.key,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(PIPELINE_TIMEOUT.toSeconds() * VISIBILITY_PER_TIMEOUT),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: dead, maxReceiveCount: ATTEMPTS_MAX },
    });
    this.pipeline.addEventSource(
      new SqsEventSource(queue, {
        batchSize: 10,
        maxConcurrency: REQUESTS_AT_ONCE,
        // One file that cannot be taken must not keep nine others back.
        reportBatchItemFailures: true,
      }),
    );
    return { queue, dead };
  }

  /** A request is written last, so that whoever sees it finds the file and its row. */
  #takeRequests(queue: sqs.Queue): void {
    new events.Rule(this, "RequestWritten", {
      description: "A file was received",
      eventPattern: {
        source: ["aws.s3"],
        detailType: ["Object Created"],
        detail: {
          bucket: { name: [this.#props.lake.bucketName] },
          object: { key: [{ prefix: "bronze/requests/" }] },
        },
      },
      targets: [new targets.SqsQueue(queue)],
    });
  }

  /** Two rules, so that each has a count of its own, which alarms are made of (watch.ts). */
  #takeJobs(queue: sqs.Queue, name: "JobSucceeded" | "JobFailed", state: readonly string[]): events.Rule {
    return new events.Rule(this, name, {
      description: "A run of the Glue job ended",
      eventPattern: {
        source: ["aws.glue"],
        detailType: ["Glue Job State Change"],
        detail: { jobName: [this.#props.glueJob.jobName], state: [...state] },
      },
      targets: [new targets.SqsQueue(queue)],
    });
  }

  /** The sweep finds what an event was lost of. The market's function decides by itself what is due. */
  #schedule(deadLetterQueue: sqs.Queue): void {
    const target = (called: lambda.DockerImageFunction, task: "sweep" | "market") => {
      const role = new iam.Role(this, `${task}Schedule`, {
        assumedBy: new iam.ServicePrincipal("scheduler.amazonaws.com", {
          conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
        }),
        description: `Schedules of Carteira: ${task}`,
      });
      argueResource(
        role,
        `${called.functionArn}:*`,
        "CDK lets versions of the one function be called too; it has none.",
      );
      // For the queue of what could not be handed on.
      role.addToPolicy(statementOf(keyStatement(this.#props.key)));
      const input = ScheduleTargetInput.fromObject({ source: "carteira.schedule", task });
      return new LambdaInvoke(called, { role, input, deadLetterQueue, ...onceOnly });
    };
    new Schedule(this, "Sweep", {
      description: "Looks each minute for runs and files that no event told of",
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      target: target(this.pipeline, "sweep"),
    });
    const market = target(this.market, "market");
    for (const [name, cron] of Object.entries(MARKET_TIMES)) {
      new Schedule(this, `Market${name}`, {
        description: `Prices: ${name}`,
        schedule: ScheduleExpression.cron({ ...cron, timeZone: TimeZone.AMERICA_SAO_PAULO }),
        target: market,
      });
    }
  }
}

/** The next minute is another try; one of an hour ago would only be in the way. */
const onceOnly = { retryAttempts: 0, maxEventAge: Duration.minutes(1) } as const;

/**
 * By the clocks of São Paulo: each minute while B3 or New York trade and half an hour after; before the session last night's
 * rates, tried again until it opens; in the evening what came late; on Saturday what came on Friday night.
 */
const MARKET_TIMES = {
  Session: { minute: "*", hour: "9-19", weekDay: "MON-FRI" },
  Morning: { minute: "40/5", hour: "8", weekDay: "MON-FRI" },
  Evening: { minute: "0/30", hour: "20-23", weekDay: "MON-FRI" },
  Saturday: { minute: "0", hour: "9", weekDay: "SAT" },
} as const;

import { Duration, Stack } from "aws-cdk-lib";
import * as budgets from "aws-cdk-lib/aws-budgets";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { HttpCodeElb, HttpCodeTarget } from "aws-cdk-lib/aws-elasticloadbalancingv2";
import * as iam from "aws-cdk-lib/aws-iam";
import type * as kms from "aws-cdk-lib/aws-kms";
import * as sns from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { Bot } from "./bot.ts";
import type { Edge } from "./edge.ts";
import type { Pipeline } from "./pipeline.ts";
import type { Settings } from "./settings.ts";
import type { State } from "./state.ts";

const FIVE_MINUTES = Duration.minutes(5);
const DAY = Duration.days(1);
const GIB = 1024 ** 3;
const FREE_STORAGE_BYTES_MIN = 4 * GIB;
const CPU_PERCENT_MAX = 80;
/** A file that waited this long has a sender who asks what became of it. */
const WAITING_MAX = Duration.minutes(30);
const BUDGET_PERCENT_WARNING = 80;

export interface WatchProps {
  readonly settings: Settings;
  readonly key: kms.IKey;
  readonly name: string;
  readonly pipeline: Pipeline;
  readonly state: State;
  readonly bot: Bot;
  /** Null where nothing is public. */
  readonly edge: Edge | null;
}

interface Rule {
  readonly metric: cloudwatch.IMetric;
  /** What it means and where to look, as the e-mail says it. */
  readonly means: string;
  readonly threshold: number;
  readonly below?: true;
  readonly periods?: number;
  /** What a time without figures means. */
  readonly missing?: cloudwatch.TreatMissingData;
}

/** Who is told when something is wrong, what it costs, and one page with how it goes. */
export class Watch extends Construct {
  readonly topic: sns.Topic;

  constructor(scope: Construct, id: string, props: WatchProps) {
    super(scope, id);
    this.topic = new sns.Topic(this, "Alarms", { masterKey: props.key, enforceSSL: true });
    // A topic with a policy of its own has no longer the one by which every alarm of the account may speak.
    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: "Alarms",
        principals: [new iam.ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    );
    this.topic.addSubscription(new EmailSubscription(props.settings.alarmEmail));
    const rules = {
      ...pipelineRules(props),
      ...stateRules(props.state),
      ...botRules(props),
      ...edgeRules(props.edge),
    };
    const alarms = Object.entries(rules).map(([name, rule]) => this.#alarm(name, rule));
    this.#draw(props, alarms);
    limitBudget(this, props);
  }

  #alarm(name: string, { metric, means, threshold, below, periods = 1, missing }: Rule): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, name, {
      metric,
      threshold,
      alarmDescription: `${means} (docs/aws.md, "When an alarm comes")`,
      evaluationPeriods: periods,
      comparisonOperator:
        below === true
          ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
          : cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missing ?? cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    const tell = new SnsAction(this.topic);
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
    return alarm;
  }

  #draw({ name, pipeline, state, bot }: WatchProps, alarms: readonly cloudwatch.IAlarm[]): void {
    const graph = (title: string, left: readonly cloudwatch.IMetric[]) =>
      new cloudwatch.GraphWidget({ title, left: [...left], width: 12 });
    const { pipeline: work, market } = pipeline;
    new cloudwatch.Dashboard(this, "Dashboard", {
      dashboardName: name,
      widgets: [
        [new cloudwatch.AlarmStatusWidget({ title: "Alarms", alarms: [...alarms], width: 24 })],
        [
          graph("Runs of the job", [
            invocationsOf(pipeline.succeeded.ruleName),
            invocationsOf(pipeline.failed.ruleName),
          ]),
          graph(
            "Files and ends of jobs that wait",
            pipeline.queues.map((queue) => queue.metricApproximateNumberOfMessagesVisible()),
          ),
        ],
        [
          graph("Functions: seconds", [
            work.metricDuration({ statistic: "p95" }),
            market.metricDuration({ statistic: "p95" }),
          ]),
          graph("Functions: errors", [work.metricErrors(), market.metricErrors()]),
        ],
        [
          graph("Database", [
            state.instance.metricCPUUtilization(),
            state.instance.metricDatabaseConnections(),
          ]),
          graph("Bot", [bot.service.metricCpuUtilization(), bot.service.metricMemoryUtilization()]),
        ],
      ],
    });
  }
}

/** How often a rule handed on an event. */
function invocationsOf(ruleName: string, period: Duration = FIVE_MINUTES): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: "AWS/Events",
    metricName: "Invocations",
    dimensionsMap: { RuleName: ruleName },
    statistic: "Sum",
    period,
  });
}

function pipelineRules({ pipeline }: WatchProps): Readonly<Record<string, Rule>> {
  const [requests, jobs] = pipeline.queues;
  if (requests === undefined || jobs === undefined) throw new Error("the pipeline has two queues");
  const dead = pipeline.deadLetters.map(
    (queue, at) =>
      [
        `DeadLetters${at}`,
        {
          metric: queue.metricApproximateNumberOfMessagesVisible({
            period: FIVE_MINUTES,
            statistic: "Maximum",
          }),
          means: "An event could not be worked on and waits in a queue of its own",
          threshold: 1,
        },
      ] as const,
  );
  const errors = { threshold: 3, periods: 2 } as const;
  return {
    ...Object.fromEntries(dead),
    FilesWait: {
      metric: requests.metricApproximateAgeOfOldestMessage({ period: FIVE_MINUTES, statistic: "Maximum" }),
      means: "A file has waited for half an hour",
      threshold: WAITING_MAX.toSeconds(),
    },
    PipelineErrors: {
      metric: pipeline.pipeline.metricErrors({ period: FIVE_MINUTES }),
      means: "The function of the pipeline fails",
      ...errors,
    },
    PipelineThrottled: {
      metric: pipeline.pipeline.metricThrottles({ period: FIVE_MINUTES }),
      means: "The function of the pipeline is not let run: look at the account's concurrency",
      threshold: 10,
      periods: 3,
    },
    MarketErrors: {
      metric: pipeline.market.metricErrors({ period: FIVE_MINUTES }),
      means: "Prices are not fetched",
      ...errors,
    },
    JobFailed: {
      metric: invocationsOf(pipeline.failed.ruleName),
      means: "A run of the Glue job failed; it is tried three times in all",
      threshold: 1,
    },
    NothingPublished: {
      metric: publishedOnWeekdays(pipeline.succeeded.ruleName),
      means: "Nothing was published on a weekday; on a holiday of the banks that is right",
      threshold: 1,
      below: true,
      missing: cloudwatch.TreatMissingData.BREACHING,
    },
  };
}

/** Runs of a day (UTC) that ended well; on a Saturday and a Sunday always one, since nothing has to come then. */
function publishedOnWeekdays(ruleName: string): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({
    expression: "IF(DAY(FILL(runs, 0)) < 6, FILL(runs, 0), 1)",
    usingMetrics: { runs: invocationsOf(ruleName, DAY) },
    period: DAY,
    label: "runs that ended well",
  });
}

function stateRules({ instance }: State): Readonly<Record<string, Rule>> {
  return {
    DatabaseStorage: {
      metric: instance.metricFreeStorageSpace({ period: FIVE_MINUTES, statistic: "Minimum" }),
      means: "The database's disk is nearly full",
      threshold: FREE_STORAGE_BYTES_MIN,
      below: true,
    },
    DatabaseBusy: {
      metric: instance.metricCPUUtilization({ period: FIVE_MINUTES }),
      means: "The database has been busy for a quarter of an hour",
      threshold: CPU_PERCENT_MAX,
      periods: 3,
    },
  };
}

function botRules({ bot, settings }: WatchProps): Readonly<Record<string, Rule>> {
  // Told not to run, it is not missed.
  if (settings.botTasks === 0) return {};
  return {
    BotGone: {
      metric: new cloudwatch.Metric({
        namespace: "ECS/ContainerInsights",
        metricName: "RunningTaskCount",
        dimensionsMap: { ClusterName: bot.cluster.clusterName, ServiceName: bot.service.serviceName },
        statistic: "Minimum",
        period: FIVE_MINUTES,
      }),
      means: "The bot is not running: look at the events of its service and at its log",
      threshold: settings.botTasks,
      below: true,
      periods: 2,
      missing: cloudwatch.TreatMissingData.BREACHING,
    },
  };
}

function edgeRules(edge: Edge | null): Readonly<Record<string, Rule>> {
  if (edge === null) return {};
  const { metrics } = edge.balancer;
  return {
    BalancerFails: {
      metric: metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, { period: FIVE_MINUTES }),
      means: "The load balancer reaches no bot",
      threshold: 5,
    },
    BotFails: {
      metric: metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, { period: FIVE_MINUTES }),
      means: "The bot answers Slack or Teams with errors",
      threshold: 5,
    },
  };
}

function limitBudget(scope: Construct, { settings, name }: WatchProps): void {
  const subscribers = [{ subscriptionType: "EMAIL", address: settings.alarmEmail }];
  const notice = (notificationType: string, threshold: number) => ({
    notification: {
      notificationType,
      threshold,
      comparisonOperator: "GREATER_THAN",
      thresholdType: "PERCENTAGE",
    },
    subscribers,
  });
  new budgets.CfnBudget(scope, "Budget", {
    budget: {
      budgetName: name,
      budgetType: "COST",
      timeUnit: "MONTHLY",
      budgetLimit: { amount: settings.monthlyBudgetUsd, unit: "USD" },
    },
    notificationsWithSubscribers: [notice("ACTUAL", BUDGET_PERCENT_WARNING), notice("FORECASTED", 100)],
  });
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Stack } from "aws-cdk-lib";
import { Match } from "aws-cdk-lib/assertions";
import * as s3 from "aws-cdk-lib/aws-s3";
import { beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { catalogueTables, SERVED_RUN } from "../src/contracts/catalogue.ts";
import { GOLD_TABLES } from "../src/contracts/gold.ts";
import { checked, ofType, synthesise, VARIANTS, type Variant } from "./stack.testing.ts";

const SYNTHESIS_TIMEOUT_MS = 120_000;
/** What the image of the functions begins with. */
const HANDLERS = new URL("../src/main/aws/handlers.mjs", import.meta.url);
const EVERY = Object.keys(VARIANTS) as readonly Variant[];

describe.each(EVERY)("the stack, %s", (variant) => {
  const made = () => synthesise(variant);
  // Some seconds, and more on a machine that has other work.
  beforeAll(() => void made(), SYNTHESIS_TIMEOUT_MS);

  it("breaks no rule of cdk-nag without an argument, and no schema of CloudFormation", () => {
    expect(made().violations).toEqual([]);
  });

  it("keeps what cannot be made again when it goes", () => {
    for (const type of ["AWS::KMS::Key", "AWS::RDS::DBInstance"])
      expect(ofType(made(), type).map(([, { DeletionPolicy }]) => DeletionPolicy)).toEqual(["Retain"]);
    const kept = ofType(made(), "AWS::S3::Bucket").filter(
      ([, { DeletionPolicy }]) => DeletionPolicy === "Retain",
    );
    expect(kept.map(([name]) => name.replace(/[0-9A-F]{8}$/, ""))).toEqual(["StorageLogs", "StorageLake"]);
    expect(made().stack.terminationProtection).toBe(true);
  });

  it("closes every bucket to the public and to requests without TLS", () => {
    const { template } = made();
    const buckets = ofType(made(), "AWS::S3::Bucket");
    expect(buckets).toHaveLength(3);
    for (const [name, { Properties }] of buckets) {
      expect(Properties["PublicAccessBlockConfiguration"], name).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(Properties["BucketEncryption"], name).toBeDefined();
      template.hasResourceProperties("AWS::S3::BucketPolicy", {
        Bucket: { Ref: name },
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
          ]),
        },
      });
    }
  });

  it("encrypts the lake by its key, keeps versions, and tells EventBridge of objects", () => {
    made().template.hasResourceProperties("AWS::S3::Bucket", {
      VersioningConfiguration: { Status: "Enabled" },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } },
        ],
      },
    });
  });

  it("lets no role do a family of actions, and names what it may be done to", () => {
    const statements = identityStatements(made());
    expect(statements.length).toBeGreaterThan(20);
    for (const { where, actions, resources, conditions } of statements) {
      expect(
        actions.filter((action) => action.includes("*") && !OF_CDK.test(where)),
        where,
      ).toEqual([]);
      if (resources.includes("*") && !OF_CDK.test(where) && !conditions)
        expect(
          actions.filter((action) => !WITHOUT_RESOURCE.has(action)),
          where,
        ).toEqual([]);
    }
  });

  it("lets somebody do whatever the code asks of Athena, Glue, Redshift and Secrets Manager", () => {
    const settings: Readonly<Record<string, unknown>> = VARIANTS[variant];
    const allowed = new Set(identityStatements(made()).flatMap(({ actions }) => actions));
    const asked = actionsInCode().filter(
      (action) => settings["redshift"] !== false || !action.startsWith("redshift"),
    );
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((action) => !allowed.has(action))).toEqual([]);
  });

  it("gives each queue one for what cannot be worked on, and takes messages by TLS alone", () => {
    const queues = ofType(made(), "AWS::SQS::Queue");
    const targets = queues.map(([, { Properties }]) => text(Properties["RedrivePolicy"]));
    for (const [name, { Properties }] of queues) {
      expect(Properties["KmsMasterKeyId"], name).toBeDefined();
      const isDead = targets.some((target) => target.includes(name)) || name.startsWith("PipelineMissedDead");
      expect(isDead || Properties["RedrivePolicy"] !== undefined, name).toBe(true);
    }
    for (const [name, { Properties }] of ofType(made(), "AWS::Lambda::EventSourceMapping"))
      expect(Properties["FunctionResponseTypes"], name).toEqual(["ReportBatchItemFailures"]);
    const seconds = ofType(made(), "AWS::Lambda::Function").flatMap(([, { Properties }]) =>
      Properties["PackageType"] === "Image" && text(Properties["ImageConfig"]).includes("pipeline")
        ? [Number(Properties["Timeout"])]
        : [],
    );
    const waits = queues.flatMap(([, { Properties }]) =>
      Properties["RedrivePolicy"] === undefined ? [] : [Number(Properties["VisibilityTimeout"])],
    );
    expect(waits).toHaveLength(2);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(6 * Math.max(...seconds));
  });

  it("has every table of the contract, and finds a run of gold by its folder", () => {
    const tables = ofType(made(), "AWS::Glue::Table").map(([, { Properties }]) => Properties["TableInput"]);
    const names = tables.map((table) => (table as { readonly Name: string }).Name);
    expect(names).toEqual(expect.arrayContaining(catalogueTables("b").map(({ name }) => name)));
    for (const name of Object.keys(GOLD_TABLES)) {
      made().template.hasResourceProperties("AWS::Glue::Table", {
        TableInput: {
          Name: name,
          PartitionKeys: [Match.objectLike({ Name: SERVED_RUN })],
          Parameters: Match.objectLike({
            "projection.enabled": "true",
            [`projection.${SERVED_RUN}.type`]: "injected",
          }),
        },
      });
    }
  });

  it("starts one run of the job at a time, and leaves trying again to the ledger", () => {
    made().template.hasResourceProperties("AWS::Glue::Job", {
      GlueVersion: "5.1",
      ExecutionProperty: { MaxConcurrentRuns: 1 },
      MaxRetries: 0,
      SecurityConfiguration: Match.anyValue(),
      DefaultArguments: Match.objectLike({
        "--extra-py-files": Match.anyValue(),
        "--job-bookmark-option": "job-bookmark-disable",
      }),
    });
  });

  it("follows the market by the clocks of São Paulo", () => {
    const schedules = ofType(made(), "AWS::Scheduler::Schedule").map(([, { Properties }]) => Properties);
    const market = schedules.filter(({ Description }) => String(Description).startsWith("Prices"));
    expect(market.map(({ ScheduleExpression }) => ScheduleExpression).sort()).toEqual([
      "cron(* 9-19 ? * MON-FRI *)",
      "cron(0 9 ? * SAT *)",
      "cron(0/30 20-23 ? * MON-FRI *)",
      "cron(40/5 8 ? * MON-FRI *)",
    ]);
    for (const { ScheduleExpressionTimezone } of market)
      expect(ScheduleExpressionTimezone).toBe("America/Sao_Paulo");
    expect(schedules.map(({ ScheduleExpression }) => ScheduleExpression)).toContain("rate(1 minute)");
  });

  it("has nothing public but a load balancer, where Slack or Teams reach the bot", () => {
    const settings: Readonly<Record<string, unknown>> = VARIANTS[variant];
    const balancers = ofType(made(), "AWS::ElasticLoadBalancingV2::LoadBalancer");
    expect(balancers).toHaveLength(settings["domain"] === undefined ? 0 : 1);
    const open = Object.entries(made().resources).filter(
      ([, { Type, Properties }]) =>
        /SecurityGroup/.test(Type) && text(Properties["SecurityGroupIngress"]).includes("0.0.0.0/0"),
    );
    expect(open.map(([name]) => name.replace(/[0-9A-F]{8}$/, ""))).toEqual(balancers.map(() => "EdgeGroup"));
    for (const [name, { Properties }] of Object.entries(made().resources))
      expect(Properties?.["PubliclyAccessible"] ?? false, name).toBe(false);
    made().template.hasResourceProperties("AWS::ECS::Service", {
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: "DISABLED" } },
    });
    if (balancers.length === 0) return;
    made().template.hasResourceProperties("AWS::ElasticLoadBalancingV2::Listener", {
      Port: 443,
      Protocol: "HTTPS",
      DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } }],
    });
    made().template.resourceCountIs("AWS::WAFv2::WebACLAssociation", 1);
  });

  it("sets the bot and the functions to what the service takes, by names that it reads", () => {
    const bot = botOf(made());
    const config = readConfig({ ...bot.plain, ...bot.secret }, "/");
    expect(config).toMatchObject({ home: "/var/carteira", lake: { bucket: expect.any(String) } });
    expect(config.stateUrl).toContain("sslmode=verify-full");
    const settings: Readonly<Record<string, unknown>> = { slack: "socket", ...VARIANTS[variant] };
    expect(config.slack?.mode.kind ?? "off").toBe(settings["slack"]);
    expect(config.teams?.mode).toBe(settings["teams"] === true ? "authenticated" : undefined);
    const known = namesThatAreRead();
    expect(Object.keys({ ...bot.plain, ...bot.secret }).filter((name) => !known.has(name))).toEqual([]);
  });

  it("sets the functions to what they take, and calls handlers that there are", () => {
    const exported = readFileSync(HANDLERS, "utf8");
    const known = namesThatAreRead();
    for (const { plain, command } of functionsOf(made())) {
      expect(readConfig(plain, "/").home).toBe("/tmp/carteira");
      expect(Object.keys(plain).filter((name) => !known.has(name))).toEqual([]);
      const [, handler = ""] = /^src\/main\/aws\/handlers\.(\w+)$/.exec(command) ?? [];
      expect(exported).toMatch(new RegExp(`export const ${handler}\\b`));
    }
  });

  it("puts no secret where it can be read", () => {
    for (const { plain } of [botOf(made()), ...functionsOf(made())]) {
      for (const [name, value] of Object.entries(plain)) {
        expect(name).not.toMatch(/TOKEN|PASSWORD|SIGNING/);
        expect(value, name).not.toMatch(/:\/\/[^/@]+:[^/@]+@|resolve:secretsmanager/);
      }
    }
    expect(Object.keys(botOf(made()).secret)).toContain("PGPASSWORD");
  });

  it("tells somebody when something is wrong", () => {
    const { template } = made();
    const alarms = ofType(made(), "AWS::CloudWatch::Alarm");
    expect(alarms.length).toBeGreaterThanOrEqual(12);
    for (const [name, { Properties }] of alarms) expect(Properties["AlarmActions"], name).toHaveLength(1);
    template.hasResourceProperties("AWS::SNS::Subscription", {
      Protocol: "email",
      Endpoint: "ti@example.com",
    });
    template.hasResourceProperties("AWS::SNS::Topic", { KmsMasterKeyId: Match.anyValue() });
    template.resourceCountIs("AWS::Budgets::Budget", 1);
  });
});

describe("parts that are there by choice", () => {
  beforeAll(() => EVERY.forEach(synthesise), SYNTHESIS_TIMEOUT_MS);

  it("are Redshift", () => {
    const type = "AWS::RedshiftServerless::Workgroup";
    expect(ofType(synthesise("reached"), type)).toEqual([]);
    expect(ofType(synthesise("socket"), type)).toHaveLength(1);
    expect(
      Object.keys(botOf(synthesise("reached")).plain).filter((name) => name.includes("REDSHIFT")),
    ).toEqual([]);
    synthesise("socket").template.hasResourceProperties("Custom::RedshiftUsageLimit", {
      Create: Match.anyValue(),
      Delete: Match.anyValue(),
    });
  });

  it("are the dashboard, whose rows are held back by broker", () => {
    expect(ofType(synthesise("socket"), "AWS::QuickSight::Dashboard")).toEqual([]);
    for (const variant of ["dashboard", "dashboard on Athena"] as const) {
      const made = synthesise(variant);
      const sets = ofType(made, "AWS::QuickSight::DataSet").map(([, { Properties }]) => Properties);
      const [rules, ...others] = sets;
      expect(rules?.["UseAs"]).toBe("RLS_RULES");
      expect(others).toHaveLength(5);
      for (const { RowLevelPermissionDataSet: held, PhysicalTableMap: tables } of others) {
        expect(held).toMatchObject({ PermissionPolicy: "GRANT_ACCESS", Status: "ENABLED" });
        expect(text(tables)).toContain('"broker_id"');
        expect(text(tables)).toContain(variant === "dashboard" ? "loaded_runs" : "dashboard_manifests");
      }
      expect(botOf(made).plain["CARTEIRA_DASHBOARD_URL"]).toMatch(/^https:\/\/sa-east-1\.quicksight\./);
    }
  });
});

describe("the check itself", () => {
  it("finds a planted violation", () => {
    const { violations } = checked((app) => {
      const stack = new Stack(app, "planted");
      new s3.CfnBucket(stack, "Open");
      return stack;
    });
    expect(violations).toContain("AwsSolutions-S1 planted/Open");
  });
});

/** Roles of CDK's own functions, and the one that pulls images: their policies are CDK's. */
const OF_CDK = /^(?:AWS679|BotTaskExecutionRole|\w+ScheduleDefaultPolicy|RedshiftUsageLimit)/;
/** Actions that know no resource, where no condition holds them either. */
const WITHOUT_RESOURCE: ReadonlySet<string> = new Set([
  "ec2:CreateNetworkInterface",
  "ec2:ModifyNetworkInterfaceAttribute",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeSubnets",
  "ec2:DescribeSecurityGroups",
]);

function identityStatements(made: ReturnType<typeof synthesise>) {
  return ofType(made, "AWS::IAM::Policy").flatMap(([where, { Properties }]) => {
    const { Statement } = Properties["PolicyDocument"] as {
      readonly Statement: readonly { Action: unknown; Resource: unknown; Condition?: unknown }[];
    };
    return Statement.map(({ Action, Resource: resource, Condition }) => ({
      where,
      actions: [Action].flat().map(String),
      resources: [resource].flat().map(text),
      conditions: Condition !== undefined,
    }));
  });
}

const SERVICES = ["athena", "glue", "redshift-data", "secrets-manager"] as const;

/** Actions of IAM by the commands that our code sends. */
function actionsInCode(): readonly string[] {
  const found = ["src", "pipeline"].flatMap((room) => {
    const folder = fileURLToPath(new URL(`../${room}/`, import.meta.url));
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !/\.(?:test|testing)\.ts$/.test(name))
      .flatMap((name) => {
        const code = readFileSync(join(folder, name), "utf8");
        const service = SERVICES.find((one) => code.includes(`"@aws-sdk/client-${one}"`));
        const commands = [...code.matchAll(/\bnew ([A-Z]\w+)Command\(/g)];
        return service === undefined
          ? []
          : commands.map(([, name]) => `${service.replace("secrets-m", "secretsm")}:${name}`);
      });
  });
  return [...new Set(found)];
}

interface Given {
  readonly plain: Readonly<Record<string, string>>;
  /** Names alone: the values are AWS's to know, so that fitting ones stand for them. */
  readonly secret: Readonly<Record<string, string>>;
}

const SAMPLES: Readonly<Record<string, string>> = {
  SLACK_BOT_TOKEN: "xoxb-1",
  SLACK_APP_TOKEN: "xapp-1",
  TEAMS_APP_ID: "12345678-90ab-cdef-1234-567890abcdef",
  TEAMS_TENANT_ID: "12345678-90ab-cdef-1234-567890abcdef",
};

function botOf(made: ReturnType<typeof synthesise>): Given {
  const [task] = ofType(made, "AWS::ECS::TaskDefinition");
  const [container] = (task?.[1].Properties["ContainerDefinitions"] ?? []) as readonly {
    readonly Environment: readonly { readonly Name: string; readonly Value: unknown }[];
    readonly Secrets: readonly { readonly Name: string }[];
  }[];
  return {
    plain: Object.fromEntries((container?.Environment ?? []).map(({ Name, Value }) => [Name, text(Value)])),
    secret: Object.fromEntries((container?.Secrets ?? []).map(({ Name }) => [Name, SAMPLES[Name] ?? "s"])),
  };
}

function functionsOf(made: ReturnType<typeof synthesise>): readonly (Given & { readonly command: string })[] {
  const ours = ofType(made, "AWS::Lambda::Function").filter(
    ([, { Properties }]) => Properties["PackageType"] === "Image",
  );
  expect(ours).toHaveLength(2);
  return ours.map(([, { Properties }]) => {
    const { Variables } = Properties["Environment"] as {
      readonly Variables: Readonly<Record<string, unknown>>;
    };
    return {
      plain: Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, text(value)])),
      secret: {},
      command: (Properties["ImageConfig"] as { readonly Command: readonly string[] }).Command.join(" "),
    };
  });
}

/** A value of a template as the running service would see it, with fitting texts for what only AWS knows. */
function text(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return value === undefined ? "" : String(value);
  if ("Ref" in value)
    return String(value.Ref).startsWith("AWS::") ? "123456789012" : String(value.Ref).toLowerCase();
  if ("Fn::GetAtt" in value) return attribute(value["Fn::GetAtt"]);
  if ("Fn::Join" in value)
    return ([value["Fn::Join"]].flat(2) as readonly unknown[]).slice(1).map(text).join("");
  return JSON.stringify(value);
}

function attribute(reference: unknown): string {
  const [name, kind] = reference as readonly [string, string];
  if (kind === "Arn" && /Key/.test(name))
    return "arn:aws:kms:sa-east-1:123456789012:key/12345678-1234-1234-1234-123456789012";
  if (kind === "MasterUserSecret.SecretArn")
    return `arn:aws:secretsmanager:sa-east-1:123456789012:secret:${name}`;
  if (kind === "Arn" && /Copy/.test(name)) return `arn:aws:iam::123456789012:role/${name}`;
  return `${name}.${kind}`;
}

/** Settings by the files that read them, and what the PostgreSQL client reads. */
function namesThatAreRead(): ReadonlySet<string> {
  const source = new URL("../src/", import.meta.url);
  const files = readdirSync(source).filter((name) => /^config[\w-]*\.ts$/.test(name));
  const code = files.map((name) => readFileSync(new URL(name, source), "utf8")).join("\n");
  return new Set([...(code.match(/\b(?:CARTEIRA|SLACK|TEAMS)_[A-Z_]+\b/g) ?? []), "PGPASSWORD"]);
}

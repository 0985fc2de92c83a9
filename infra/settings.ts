import { z } from "zod";

/**
 * What one deployment is like. A setting is given in `cdk.json` (context `carteira`) or, before that, in the environment as
 * `CARTEIRA_AWS_` and its name in capitals: `CARTEIRA_AWS_ALARM_EMAIL` for `alarmEmail`.
 */

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
const ENVIRONMENT = /^[a-z][a-z0-9]{1,11}$/;
const CIDR = /^10\.\d{1,3}\.0\.0\/(?:16|17|18|19|20)$/;
const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
const CERTIFICATE = /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/;
const DASHBOARD_USER = /^arn:aws:quicksight:[a-z0-9-]+:\d{12}:user\/[^\s]+$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const LOG_DAYS = ["30", "60", "90", "180", "365", "1827"] as const;

const schema = z.object({
  /** Ends the names of what is made, so that several deployments fit into one account. */
  environment: text(ENVIRONMENT, "2 to 12 small letters and digits, such as prod").default("prod"),
  region: text(REGION, "a region of AWS, such as sa-east-1").default("sa-east-1"),
  vpcCidr: text(CIDR, "a network of /16 to /20 in 10.0.0.0/8, such as 10.40.0.0/16").default("10.40.0.0/16"),
  natGateways: wholeNumber(1, 3).default(1),
  slack: z.enum(["off", "socket", "http"], "off, socket or http").default("socket"),
  teams: flag().default(false),
  domain: text(HOST, "the host name that Slack and Teams reach, such as carteira.example.com").optional(),
  certificateArn: text(CERTIFICATE, "the ARN of a certificate of ACM in the region, for `domain`").optional(),
  /** No tasks: all else is there, and the bot is not running. */
  botTasks: wholeNumber(0, 4).default(1),
  databaseMultiAz: flag().default(false),
  glueWorkers: wholeNumber(2, 50).default(2),
  redshift: flag().default(true),
  /** RPU: Redshift's unit of computing power. */
  redshiftRpu: wholeNumber(4, 512)
    .refine((rpu) => rpu === 4 || rpu % 8 === 0, "4, or a multiple of 8 up to 512")
    .default(8),
  redshiftRpuHoursPerDay: wholeNumber(1, 1_000).default(16),
  quicksightUserArn: text(DASHBOARD_USER, "the ARN of a user of QuickSight").optional(),
  alarmEmail: text(EMAIL, "an e-mail address, to which alarms are sent"),
  monthlyBudgetUsd: wholeNumber(1, 1_000_000).default(500),
  logDays: z
    .union([z.enum(LOG_DAYS), z.number().transform(String).pipe(z.enum(LOG_DAYS))], LOG_DAYS.join(", "))
    .default("180")
    .transform(Number),
  /** How long what was overwritten or removed in the lake can be brought back. */
  keepRemovedDays: wholeNumber(1, 3_650).default(35),
  databaseBackupDays: wholeNumber(1, 35).default(14),
  /** Other settings of the bot, such as CARTEIRA_CONTACT; src/config.ts says what they may be. None of them is a secret. */
  bot: z
    .record(
      z.string().regex(/^CARTEIRA_[A-Z0-9_]+$/),
      z.string(),
      "names CARTEIRA_… and their values, as texts",
    )
    .default({}),
});

/** A deployment as it is set up. */
export type Settings = Readonly<z.infer<typeof schema>>;

function text(form: RegExp, allowed: string) {
  return z.string(allowed).trim().regex(form, allowed);
}

/** From `cdk.json` a number, from the environment a text. */
function wholeNumber(min: number, max: number) {
  const allowed = `a whole number from ${min} to ${max}`;
  const digits = z
    .string()
    .trim()
    .regex(/^\d{1,9}$/, allowed)
    .transform(Number);
  return z
    .union([z.number(), digits], allowed)
    .pipe(z.number().int(allowed).min(min, allowed).max(max, allowed));
}

function flag() {
  const allowed = "true or false";
  return z.union([z.boolean(), z.enum(["true", "false"]).transform((word) => word === "true")], allowed);
}

/** Settings that cannot be used. The message names each, and what it may be. */
export class SettingsError extends Error {
  readonly settings: readonly string[];
  constructor(problems: readonly { readonly setting: string; readonly allowed: string }[]) {
    super(
      problems
        .map(({ setting, allowed }) => `${setting} (${variableOf(setting)}) must be ${allowed}`)
        .join("; "),
    );
    this.settings = problems.map(({ setting }) => setting);
  }
}

/** `alarmEmail` → `CARTEIRA_AWS_ALARM_EMAIL` */
export function variableOf(setting: string): string {
  return `CARTEIRA_AWS_${setting.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase()}`;
}

/**
 * Reads the settings of a deployment; a variable that is empty counts as not set. Throws SettingsError, also for a name that
 * is none: a setting that was misspelt would be taken for one that works.
 *
 * @example readSettings({ CARTEIRA_AWS_TEAMS: "false" }, { alarmEmail: "ti@example.com" }).slack // "socket"
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  context: Readonly<Record<string, unknown>> = {},
): Settings {
  const names = Object.keys(schema.shape);
  const unknown = [
    ...Object.keys(context).filter((name) => !names.includes(name)),
    ...Object.keys(environment).filter(
      (variable) => variable.startsWith("CARTEIRA_AWS_") && !names.map(variableOf).includes(variable),
    ),
  ];
  if (unknown.length > 0)
    throw new SettingsError(unknown.map((setting) => ({ setting, allowed: "left out: it is no setting" })));
  const given = Object.fromEntries(
    names
      .map(
        (name) =>
          [name, name === "bot" ? context[name] : (given1(environment, name) ?? context[name])] as const,
      )
      .filter(([, value]) => value !== undefined && value !== ""),
  );
  const result = schema.safeParse(given);
  if (!result.success) {
    throw new SettingsError(
      result.error.issues.map(({ path, message }) => ({ setting: String(path[0]), allowed: message })),
    );
  }
  return whole(result.data);
}

function given1(environment: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const value = environment[variableOf(name)]?.trim();
  return value === "" ? undefined : value;
}

/** What only holds of several settings together. */
function whole(settings: Settings): Settings {
  const needed = "set where `slack` is http or `teams` is true: both reach the bot by HTTPS";
  const missing = (["domain", "certificateArn"] as const).filter((name) => settings[name] === undefined);
  if (isReached(settings) && missing.length > 0)
    throw new SettingsError(missing.map((setting) => ({ setting, allowed: needed })));
  if (settings.slack === "off" && !settings.teams)
    throw new SettingsError([
      { setting: "slack", allowed: "socket or http where `teams` is false: nobody could ask" },
    ]);
  return settings;
}

/** Whether something outside has to reach the bot: only then is there anything public. */
export function isReached({ slack, teams }: Pick<Settings, "slack" | "teams">): boolean {
  return slack === "http" || teams;
}

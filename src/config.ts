import { resolve } from "node:path";
import { z } from "zod";
import { GLUE_SETTINGS, type GlueConfig, readGlue } from "./config-glue.ts";
import { LAKE_SETTINGS, type LakeConfig, readLake } from "./config-lake.ts";
import { readSlack, SECRETS, SLACK_SETTINGS, type SlackConfig } from "./config-slack.ts";
import { readWarehouse, WAREHOUSE_SETTINGS, type WarehouseConfig } from "./config-warehouse.ts";

const HOURS_ALLOWED =
  'opening-closing,opening on Ash Wednesday, such as "10:00-18:00,13:00"; without the last it is 13:00';

const GUID_ALLOWED = "an id such as 12345678-90ab-cdef-1234-567890abcdef, as the Azure portal shows it";

/** Every setting there is, with what it may be. The environment is read once, here. */
const schema = z.object({
  CARTEIRA_HOME: z.string().default(".carteira"),
  PORT: z.string().refine(isPort, "a whole number from 0 to 65535 (0 = any free port)").default("3000"),
  CARTEIRA_LANG: z.enum(["pt", "en"], "pt or en").default("pt"),
  CARTEIRA_B3_HOURS: z
    .string()
    .default("10:00-18:00,13:00")
    .transform((text, context) => {
      const hours = readHours(text);
      if (hours !== null) return hours;
      context.addIssue(HOURS_ALLOWED);
      return z.NEVER;
    }),
  CARTEIRA_STATE_URL: z
    .string()
    .refine(isPostgresUrl, "the URL of a PostgreSQL database, postgres://user:password@host:5432/database")
    .optional(),
  ...LAKE_SETTINGS,
  ...GLUE_SETTINGS,
  ...WAREHOUSE_SETTINGS,
  CARTEIRA_BEFORE_OPEN_MINUTES: wholeNumber(0, 480, "60"),
  CARTEIRA_AFTER_CLOSE_MINUTES: wholeNumber(0, 300, "45"),
  CARTEIRA_DELIVERY_WINDOW_MINUTES: wholeNumber(1, 1_440, "180"),
  CARTEIRA_DELIVERY_ATTEMPTS: wholeNumber(1, 50, "8"),
  CARTEIRA_DELIVERIES_PER_SECOND: wholeNumber(1, 100, "4"),
  CARTEIRA_LOG: z.enum(["error", "debug"], "error or debug").default("error"),
  CARTEIRA_YAHOO_ORIGIN: origin().optional(),
  CARTEIRA_BCB_ORIGIN: origin().optional(),
  CARTEIRA_QUOTES_SECONDS: wholeNumber(0, 3_600, "60"),
  CARTEIRA_SOURCE_TIMEOUT_SECONDS: wholeNumber(1, 120, "10"),
  CARTEIRA_SOURCE_REQUESTS_PER_SECOND: wholeNumber(1, 20, "4"),
  CARTEIRA_ALERTS_PER_HOUR: wholeNumber(1, 60, "6"),
  CARTEIRA_DASHBOARD_URL: z
    .string()
    .refine((text) => /^https:\/\/\S+$/.test(text) && URL.canParse(text), "the https URL of a dashboard")
    .optional(),
  CARTEIRA_CONTACT: z.string().max(200, "a text of up to 200 characters").optional(),
  CARTEIRA_INTERMEDIARY: z.string().max(120, "a name of up to 120 characters").optional(),
  CARTEIRA_OMBUDSMAN: z.string().max(200, "a text of up to 200 characters").optional(),
  CARTEIRA_TURNS_PER_MINUTE: wholeNumber(1, 1_000, "30"),
  CARTEIRA_UPLOADS_PER_MINUTE: wholeNumber(1, 1_000, "5"),
  ...SLACK_SETTINGS,
  TEAMS_APP_ID: z.guid(GUID_ALLOWED).optional(),
  TEAMS_APP_PASSWORD: z.string().optional(),
  TEAMS_TENANT_ID: z.guid(GUID_ALLOWED).optional(),
  TEAMS_PORT: z.string().refine(isPort, "a whole number from 0 to 65535 (0 = any free port)").default("3978"),
  TEAMS_LOCAL: z.enum(["true", "false"], "true or false").default("false"),
});

/** All that can be set. */
export const SETTING_NAMES: readonly string[] = Object.keys(schema.shape);

/** What must never be shown, not even as a value that is wrong: those of Slack, and what holds a password. */
const HIDDEN: ReadonlySet<string> = new Set([...SECRETS, "CARTEIRA_STATE_URL", "CARTEIRA_STATE_SECRET"]);

const TEAMS_SET = ["TEAMS_APP_ID", "TEAMS_APP_PASSWORD", "TEAMS_TENANT_ID"] as const;

/** A web server without a path, such as `http://127.0.0.1:8080`. */
function origin() {
  return z
    .string()
    .refine(
      (text) => URL.canParse(text) && /^https?:\/\/[^/]+$/.test(text),
      "a URL without a path, such as http://127.0.0.1:8080",
    );
}

const MINUTE_MS = 60_000;

/** Of a server by its name, or by the folder of its socket (`postgres:///database?host=/run/postgresql`). */
function isPostgresUrl(text: string): boolean {
  return /^postgres(?:ql)?:\/\/\S*$/.test(text) && URL.canParse(text) && new URL(text).pathname.length > 1;
}

function wholeNumber(min: number, max: number, standard: string) {
  const fits = (text: string): boolean =>
    /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max;
  return z.string().refine(fits, `a whole number from ${min} to ${max}`).default(standard);
}

export interface Config {
  /** Absolute path of the folder that holds the book. */
  readonly home: string;
  /** Port of the web chat; 0 lets the system choose one. */
  readonly port: number;
  /** Language of whatever is said before anybody has chosen one. */
  readonly language: "pt" | "en";
  /** B3's trading hours by the clocks of São Paulo (`HH:MM`). */
  readonly b3Hours: B3Hours;
  /** `debug`: the details of an unexpected error are printed too. */
  readonly log: "error" | "debug";
  readonly sources: SourceConfig;
  /** The Teams channel; null: there is none. */
  readonly teams: TeamsConfig | null;
  /** Null where no setting of Slack's is given: then there is no Slack. */
  readonly slack: SlackConfig | null;
  readonly access: AccessConfig;
  /** Notices of alerts that one owner gets in an hour, urgent ones left out; the rest is summed up. */
  readonly alertsPerHour: number;
  /** The PostgreSQL database that keeps the state; null: a file in the home. A secret: it holds a password. */
  readonly stateUrl: string | null;
  /** The bucket of S3 that keeps the objects; null: a folder of the home. */
  readonly lake: LakeConfig | null;
  /** The pipeline on Glue; null: in the process. */
  readonly glue: GlueConfig | null;
  /** ARN of the secret that holds the password of the state's database, for who is not given it; null: none. */
  readonly stateSecret: string | null;
  /** The engines of AWS that gold is read by; null: DuckDB, in this process. */
  readonly warehouse: WarehouseConfig | null;
  readonly delivery: DeliveryConfig;
  readonly statement: StatementConfig;
  /** The dashboard that `painel` links to; null: there is none. */
  readonly dashboardUrl: string | null;
}

/** When reports are due, and how they are sent. */
interface DeliveryConfig {
  /** How long before B3 opens what is asked for before the session is sent. */
  readonly beforeOpenMs: number;
  /** How long after B3 closes what is asked for after the session is sent. */
  readonly afterCloseMs: number;
  /** How late a report may still be sent. */
  readonly windowMs: number;
  /** How often a report is tried before it is given up. */
  readonly attemptsMax: number;
  /** How many messages leave for one channel in a second. */
  readonly perSecond: number;
}

/** What every report on a client has to name; without both, none is made. */
interface StatementConfig {
  /** The company that the clients' assets are held through. */
  readonly intermediary: string | null;
  /** How its ombudsman (ouvidoria) is reached. */
  readonly ombudsman: string | null;
}

/** What concerns those who ask. */
interface AccessConfig {
  /** Whom a stranger is sent to; null: the admins of the people table. */
  readonly contact: string | null;
  /** How many questions one user may ask in a minute. */
  readonly turnsPerMinute: number;
  readonly uploadsPerMinute: number;
}

/** `local`: without any authentication, for the Agents Playground on this machine. */
type TeamsConfig = { readonly port: number } & (
  | { readonly mode: "local" }
  | {
      readonly mode: "authenticated";
      readonly appId: string;
      readonly appPassword: string;
      readonly tenantId: string;
    }
);

/** How market data are fetched. */
interface SourceConfig {
  /** Where Yahoo Finance is reached; null: Yahoo itself. */
  readonly yahooOrigin: string | null;
  /** Where Banco Central is reached; null: Banco Central itself. */
  readonly bcbOrigin: string | null;
  /** How often the running service asks for quotes while a market is open; 0: never. */
  readonly quotesEveryMs: number;
  /** How long one request may take. */
  readonly timeoutMs: number;
  readonly requestsPerSecond: number;
}

interface B3Hours {
  readonly open: string;
  readonly close: string;
  /** Opening on Ash Wednesday. */
  readonly lateOpen: string;
}

export interface SettingProblem {
  readonly setting: string;
  readonly value: string;
  /** What the setting may be. */
  readonly allowed: string;
}

/** A setting that cannot be used. The message names each and says what is allowed. */
export class ConfigError extends Error {
  readonly problems: readonly SettingProblem[];
  constructor(problems: readonly SettingProblem[]) {
    super(
      problems
        .map(({ setting, value, allowed }) => `${setting} is "${value}", but must be ${allowed}`)
        .join("; "),
    );
    this.problems = problems;
  }
}

/**
 * Reads the settings from an environment. An empty variable counts as not set. Throws ConfigError.
 *
 * @example readConfig({ CARTEIRA_HOME: "/var/carteira" }, "/").home // "/var/carteira"
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  workingFolder: string,
): Config {
  const given = Object.fromEntries(
    SETTING_NAMES.map((name) => [name, environment[name]?.trim()] as const).filter(
      ([, value]) => value !== undefined && value !== "",
    ),
  );
  const result = schema.safeParse(given);
  if (!result.success) {
    throw new ConfigError(
      result.error.issues.map(({ path, message }) => ({
        setting: String(path[0]),
        value: HIDDEN.has(String(path[0])) ? "***" : (given[String(path[0])] ?? ""),
        allowed: message,
      })),
    );
  }
  const { CARTEIRA_HOME, PORT, CARTEIRA_LANG, CARTEIRA_B3_HOURS, CARTEIRA_LOG, ...rest } = result.data;
  const slack = readSlack(rest);
  if (slack !== null && "missing" in slack) {
    throw new ConfigError([{ setting: slack.missing, value: "", allowed: slack.allowed }]);
  }
  const lake = readLake(rest);
  if (lake !== null && "missing" in lake) {
    throw new ConfigError([{ setting: lake.missing, value: "", allowed: lake.allowed }]);
  }
  const warehouse = readWarehouse(rest);
  if (warehouse !== null && "missing" in warehouse) {
    throw new ConfigError([{ setting: warehouse.missing, value: "", allowed: warehouse.allowed }]);
  }
  const glue = readGlue(rest);
  if (glue !== null && "missing" in glue) {
    throw new ConfigError([{ setting: glue.missing, value: "", allowed: glue.allowed }]);
  }
  return {
    home: resolve(workingFolder, CARTEIRA_HOME),
    port: Number(PORT),
    language: CARTEIRA_LANG,
    b3Hours: CARTEIRA_B3_HOURS,
    log: CARTEIRA_LOG,
    sources: {
      yahooOrigin: rest.CARTEIRA_YAHOO_ORIGIN ?? null,
      bcbOrigin: rest.CARTEIRA_BCB_ORIGIN ?? null,
      quotesEveryMs: Number(rest.CARTEIRA_QUOTES_SECONDS) * 1_000,
      timeoutMs: Number(rest.CARTEIRA_SOURCE_TIMEOUT_SECONDS) * 1_000,
      requestsPerSecond: Number(rest.CARTEIRA_SOURCE_REQUESTS_PER_SECOND),
    },
    access: {
      contact: rest.CARTEIRA_CONTACT ?? null,
      turnsPerMinute: Number(rest.CARTEIRA_TURNS_PER_MINUTE),
      uploadsPerMinute: Number(rest.CARTEIRA_UPLOADS_PER_MINUTE),
    },
    alertsPerHour: Number(rest.CARTEIRA_ALERTS_PER_HOUR),
    stateUrl: rest.CARTEIRA_STATE_URL ?? null,
    lake,
    glue,
    stateSecret: rest.CARTEIRA_STATE_SECRET ?? null,
    warehouse,
    delivery: {
      beforeOpenMs: Number(rest.CARTEIRA_BEFORE_OPEN_MINUTES) * MINUTE_MS,
      afterCloseMs: Number(rest.CARTEIRA_AFTER_CLOSE_MINUTES) * MINUTE_MS,
      windowMs: Number(rest.CARTEIRA_DELIVERY_WINDOW_MINUTES) * MINUTE_MS,
      attemptsMax: Number(rest.CARTEIRA_DELIVERY_ATTEMPTS),
      perSecond: Number(rest.CARTEIRA_DELIVERIES_PER_SECOND),
    },
    statement: {
      intermediary: rest.CARTEIRA_INTERMEDIARY ?? null,
      ombudsman: rest.CARTEIRA_OMBUDSMAN ?? null,
    },
    dashboardUrl: rest.CARTEIRA_DASHBOARD_URL ?? null,
    slack,
    teams: readTeams(rest),
  };
}

/** All three credentials, or the local mode, or no Teams: with half of them nobody could be told genuine. */
function readTeams(
  values: Pick<z.infer<typeof schema>, `TEAMS_${string}` & keyof z.infer<typeof schema>>,
): TeamsConfig | null {
  const { TEAMS_APP_ID: appId, TEAMS_APP_PASSWORD: appPassword, TEAMS_TENANT_ID: tenantId } = values;
  const port = Number(values.TEAMS_PORT);
  const missing = TEAMS_SET.filter((name) => values[name] === undefined);
  if (values.TEAMS_LOCAL === "true") {
    if (missing.length === TEAMS_SET.length) return { mode: "local", port };
    const allowed = "false where the three credentials of Teams are set: it would switch them off";
    throw new ConfigError([{ setting: "TEAMS_LOCAL", value: "true", allowed }]);
  }
  if (missing.length === TEAMS_SET.length) return null;
  if (appId !== undefined && appPassword !== undefined && tenantId !== undefined) {
    return { mode: "authenticated", appId, appPassword, tenantId, port };
  }
  const allowed = `set together with ${TEAMS_SET.filter((name) => !missing.includes(name)).join(" and ")}`;
  throw new ConfigError(missing.map((setting) => ({ setting, value: "", allowed })));
}

/** Whether the text is a port to listen on. */
export function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
}

const HOURS = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)(?:,((?:[01]\d|2[0-3]):[0-5]\d))?$/;
/** When B3 opens on Ash Wednesday, where the setting tells no other time. */
const LATE_OPEN = "13:00";

/** `10:00-18:00` or `10:00-18:00,13:00`; null for anything else, and where the times are out of order. */
function readHours(text: string): B3Hours | null {
  const [, open, close, lateOpen = LATE_OPEN] = HOURS.exec(text.replace(/\s+/g, "")) ?? [];
  if (open === undefined || close === undefined) return null;
  return open <= lateOpen && lateOpen < close ? { open, close, lateOpen } : null;
}

import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "./config.ts";
import { DEFAULT_HOURS } from "./market/hours.ts";

/** What the engines of AWS rest on. */
const BEHIND = {
  CARTEIRA_GLUE_JOB: "carteira",
  CARTEIRA_LAKE_BUCKET: "carteira-lake",
  CARTEIRA_STATE_URL: "postgres:///book?host=/run/postgresql",
};
const ATHENA = { CARTEIRA_ATHENA_WORKGROUP: "carteira.v1", CARTEIRA_ATHENA_DATABASE: "carteira_gold" };
const COPY_ROLE = "arn:aws:iam::123456789012:role/carteira/copy";
const REDSHIFT = {
  CARTEIRA_REDSHIFT_WORKGROUP: "carteira-1",
  CARTEIRA_REDSHIFT_DATABASE: "carteira",
  CARTEIRA_REDSHIFT_COPY_ROLE: COPY_ROLE,
};

function problems(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment, "/");
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ setting }) => setting);
  }
}

describe("readConfig", () => {
  it("has a default for everything", () => {
    expect(readConfig({}, "/here")).toEqual({
      home: "/here/.carteira",
      port: 3000,
      language: "pt",
      b3Hours: DEFAULT_HOURS,
      log: "error",
      sources: {
        yahooOrigin: null,
        bcbOrigin: null,
        quotesEveryMs: 60_000,
        timeoutMs: 10_000,
        requestsPerSecond: 4,
      },
      access: { contact: null, turnsPerMinute: 30, uploadsPerMinute: 5 },
      alertsPerHour: 6,
      stateUrl: null,
      lake: null,
      glue: null,
      stateSecret: null,
      delivery: {
        beforeOpenMs: 3_600_000,
        afterCloseMs: 2_700_000,
        windowMs: 10_800_000,
        attemptsMax: 8,
        perSecond: 4,
      },
      statement: { intermediary: null, ombudsman: null },
      dashboardUrl: null,
      slack: null,
      teams: null,
      warehouse: null,
    });
  });

  it("takes each setting, and an empty one as not set", () => {
    const environment = {
      CARTEIRA_HOME: "book",
      PORT: "0",
      CARTEIRA_LANG: "en",
      CARTEIRA_LOG: "debug",
      CARTEIRA_YAHOO_ORIGIN: "http://127.0.0.1:8080",
      CARTEIRA_BCB_ORIGIN: "https://proxy.example",
      CARTEIRA_QUOTES_SECONDS: "0",
      CARTEIRA_SOURCE_TIMEOUT_SECONDS: "5",
      CARTEIRA_SOURCE_REQUESTS_PER_SECOND: "2",
      CARTEIRA_CONTACT: "a mesa de TI (ramal 123)",
      CARTEIRA_INTERMEDIARY: "Corretora X S.A.",
      CARTEIRA_OMBUDSMAN: "0800 123 4567",
      CARTEIRA_DASHBOARD_URL: "https://sa-east-1.quicksight.aws.amazon.com/sn/dashboards/carteira",
      CARTEIRA_TURNS_PER_MINUTE: "10",
      CARTEIRA_UPLOADS_PER_MINUTE: "2",
      CARTEIRA_ALERTS_PER_HOUR: "12",
      CARTEIRA_STATE_URL: "postgres:///book?host=/run/postgresql",
      CARTEIRA_LAKE_BUCKET: "carteira-lake",
      CARTEIRA_LAKE_KMS_KEY: "alias/carteira",
      CARTEIRA_GLUE_JOB: "carteira-pipeline",
      CARTEIRA_PIPELINE_WAIT_SECONDS: "60",
      CARTEIRA_STATE_SECRET: "arn:aws:secretsmanager:sa-east-1:123456789012:secret:state",
      ...ATHENA,
      ...REDSHIFT,
      CARTEIRA_BEFORE_OPEN_MINUTES: "30",
      CARTEIRA_AFTER_CLOSE_MINUTES: "60",
      CARTEIRA_DELIVERY_WINDOW_MINUTES: "5",
      CARTEIRA_DELIVERY_ATTEMPTS: "3",
      CARTEIRA_DELIVERIES_PER_SECOND: "10",
    };
    expect(readConfig(environment, "/here")).toEqual({
      home: "/here/book",
      port: 0,
      language: "en",
      b3Hours: { open: "10:00", close: "18:00", lateOpen: "13:00" },
      log: "debug",
      sources: {
        yahooOrigin: "http://127.0.0.1:8080",
        bcbOrigin: "https://proxy.example",
        quotesEveryMs: 0,
        timeoutMs: 5_000,
        requestsPerSecond: 2,
      },
      access: { contact: "a mesa de TI (ramal 123)", turnsPerMinute: 10, uploadsPerMinute: 2 },
      alertsPerHour: 12,
      stateUrl: "postgres:///book?host=/run/postgresql",
      lake: { bucket: "carteira-lake", kmsKeyId: "alias/carteira" },
      glue: { job: "carteira-pipeline", waitMs: 60_000 },
      stateSecret: "arn:aws:secretsmanager:sa-east-1:123456789012:secret:state",
      warehouse: {
        athena: { workgroup: "carteira.v1", database: "carteira_gold" },
        redshift: { workgroup: "carteira-1", database: "carteira", copyRole: COPY_ROLE },
      },
      delivery: {
        beforeOpenMs: 1_800_000,
        afterCloseMs: 3_600_000,
        windowMs: 300_000,
        attemptsMax: 3,
        perSecond: 10,
      },
      statement: { intermediary: "Corretora X S.A.", ombudsman: "0800 123 4567" },
      dashboardUrl: "https://sa-east-1.quicksight.aws.amazon.com/sn/dashboards/carteira",
      slack: null,
      teams: null,
    });
    expect(readConfig({ CARTEIRA_HOME: "/abs", PORT: "" }, "/here")).toMatchObject({
      home: "/abs",
      port: 3000,
    });
  });

  const teams = {
    TEAMS_APP_ID: "00000000-1111-2222-3333-444444444444",
    TEAMS_APP_PASSWORD: "a secret",
    TEAMS_TENANT_ID: "55555555-6666-7777-8888-999999999999",
  };

  it("takes Teams' three credentials, or its local mode", () => {
    expect(readConfig({ ...teams, TEAMS_PORT: "4000" }, "/").teams).toEqual({
      mode: "authenticated",
      appId: teams.TEAMS_APP_ID,
      appPassword: "a secret",
      tenantId: teams.TEAMS_TENANT_ID,
      port: 4000,
    });
    expect(readConfig({ TEAMS_LOCAL: "true" }, "/").teams).toEqual({ mode: "local", port: 3978 });
  });

  it("refuses a part of Teams' credentials by what is missing, and local mode beside them", () => {
    expect(problems({ ...teams, TEAMS_APP_PASSWORD: "" })).toEqual(["TEAMS_APP_PASSWORD"]);
    expect(problems({ TEAMS_APP_PASSWORD: "a secret" })).toEqual(["TEAMS_APP_ID", "TEAMS_TENANT_ID"]);
    expect(problems({ ...teams, TEAMS_LOCAL: "true" })).toEqual(["TEAMS_LOCAL"]);
    expect(problems({ ...teams, TEAMS_APP_ID: "carteira" })).toEqual(["TEAMS_APP_ID"]);
    expect(() => readConfig({ TEAMS_APP_PASSWORD: "a secret" }, "/")).not.toThrow(/a secret/);
  });

  it.each(["-1", "65536", "80.5", "http", "0x50", "1e3"])("refuses PORT=%s by name", (PORT) => {
    expect(problems({ PORT })).toEqual(["PORT"]);
  });

  it.each([
    ["10:00-17:00", { open: "10:00", close: "17:00", lateOpen: "13:00" }],
    ["09:00-17:55, 12:30", { open: "09:00", close: "17:55", lateOpen: "12:30" }],
  ])("takes CARTEIRA_B3_HOURS=%s", (CARTEIRA_B3_HOURS, b3Hours) => {
    expect(readConfig({ CARTEIRA_B3_HOURS }, "/").b3Hours).toEqual(b3Hours);
  });

  it.each([
    "10-18",
    "10:00",
    "18:00-10:00",
    "10:00-24:00",
    "10:00-18:00,18:00",
    "10:00-18:00,09:00",
    "always",
  ])("refuses CARTEIRA_B3_HOURS=%s by name", (CARTEIRA_B3_HOURS) => {
    expect(problems({ CARTEIRA_B3_HOURS })).toEqual(["CARTEIRA_B3_HOURS"]);
    expect(() => readConfig({ CARTEIRA_B3_HOURS }, "/")).toThrow('such as "10:00-18:00,13:00"');
  });

  it.each([
    ["CARTEIRA_YAHOO_ORIGIN", "127.0.0.1:8080"],
    ["CARTEIRA_YAHOO_ORIGIN", "http://127.0.0.1/path"],
    ["CARTEIRA_BCB_ORIGIN", "ftp://example.com"],
    ["CARTEIRA_QUOTES_SECONDS", "-1"],
    ["CARTEIRA_QUOTES_SECONDS", "3601"],
    ["CARTEIRA_SOURCE_TIMEOUT_SECONDS", "0"],
    ["CARTEIRA_SOURCE_REQUESTS_PER_SECOND", "many"],
    ["CARTEIRA_STATE_URL", "mysql://carteira:hush@db/book"],
    ["CARTEIRA_STATE_URL", "postgres://carteira:hush@db"],
    ["CARTEIRA_LAKE_BUCKET", "s3://carteira-lake"],
    ["CARTEIRA_LAKE_BUCKET", "Carteira_Lake"],
    ["CARTEIRA_BEFORE_OPEN_MINUTES", "481"],
    ["CARTEIRA_DELIVERY_WINDOW_MINUTES", "0"],
    ["CARTEIRA_DELIVERY_ATTEMPTS", "0"],
    ["CARTEIRA_DELIVERIES_PER_SECOND", "0"],
  ])("refuses %s=%s by name", (name, value) => {
    expect(problems({ [name]: value })).toEqual([name]);
  });

  it.each([
    "arn:aws:kms:sa-east-1:123456789012:key/12345678-90ab-cdef-1234-567890abcdef",
    "arn:aws-us-gov:kms:us-gov-west-1:123456789012:alias/carteira",
    "12345678-90ab-cdef-1234-567890abcdef",
    "mrk-1234567890abcdef1234567890abcdef",
  ])("takes the key %s of the lake", (CARTEIRA_LAKE_KMS_KEY) => {
    const { lake } = readConfig({ CARTEIRA_LAKE_BUCKET: "bucket", CARTEIRA_LAKE_KMS_KEY }, "/");
    expect(lake).toEqual({ bucket: "bucket", kmsKeyId: CARTEIRA_LAKE_KMS_KEY });
  });

  it.each([
    ["CARTEIRA_LAKE_KMS_KEY", { CARTEIRA_LAKE_BUCKET: "bucket", CARTEIRA_LAKE_KMS_KEY: "carteira" }],
    ["CARTEIRA_LAKE_BUCKET", { CARTEIRA_LAKE_KMS_KEY: "alias/carteira" }],
    ["CARTEIRA_DASHBOARD_URL", { CARTEIRA_DASHBOARD_URL: "http://a.example/x" }],
    ["CARTEIRA_DASHBOARD_URL", { CARTEIRA_DASHBOARD_URL: "painel" }],
  ])("asks for %s where it is set up wrong", (name, environment) => {
    expect(problems(environment)).toEqual([name]);
  });

  it("takes the pipeline on Glue where the lake and the state are shared", () => {
    const shared = { CARTEIRA_LAKE_BUCKET: "bucket", CARTEIRA_STATE_URL: "postgres://db/book" };
    const glue = (environment: Record<string, string>) => readConfig(environment, "/").glue;
    expect(glue({ ...shared, CARTEIRA_GLUE_JOB: "carteira-pipeline" })).toEqual({
      job: "carteira-pipeline",
      waitMs: 900_000,
    });
    expect(glue({ ...shared, CARTEIRA_GLUE_JOB: "j", CARTEIRA_PIPELINE_WAIT_SECONDS: "5" })).toEqual({
      job: "j",
      waitMs: 5_000,
    });
    expect(glue(shared)).toBeNull();
    const { CARTEIRA_LAKE_BUCKET, CARTEIRA_STATE_URL } = shared;
    expect(problems({ CARTEIRA_GLUE_JOB: "j", CARTEIRA_STATE_URL })).toEqual(["CARTEIRA_LAKE_BUCKET"]);
    expect(problems({ CARTEIRA_GLUE_JOB: "j", CARTEIRA_LAKE_BUCKET })).toEqual(["CARTEIRA_STATE_URL"]);
    expect(problems({ ...shared, CARTEIRA_GLUE_JOB: "a job" })).toEqual(["CARTEIRA_GLUE_JOB"]);
    expect(problems({ CARTEIRA_PIPELINE_WAIT_SECONDS: "0" })).toEqual(["CARTEIRA_PIPELINE_WAIT_SECONDS"]);
    const arn = "arn:aws:secretsmanager:sa-east-1:123456789012:secret:carteira/state-AbCdEf";
    expect(readConfig({ CARTEIRA_STATE_SECRET: arn }, "/").stateSecret).toBe(arn);
    expect(problems({ CARTEIRA_STATE_SECRET: "hunter2" })).toEqual(["CARTEIRA_STATE_SECRET"]);
  });

  it("takes Athena without Redshift", () => {
    const { warehouse } = readConfig({ ...BEHIND, ...ATHENA }, "/");
    expect(warehouse).toEqual({
      athena: { workgroup: "carteira.v1", database: "carteira_gold" },
      redshift: null,
    });
  });

  it.each<readonly [string, Record<string, string>]>([
    ["CARTEIRA_ATHENA_DATABASE", { ...BEHIND, ...ATHENA, CARTEIRA_ATHENA_DATABASE: "" }],
    ["CARTEIRA_ATHENA_WORKGROUP", { ...BEHIND, ...ATHENA, CARTEIRA_ATHENA_WORKGROUP: "" }],
    ["CARTEIRA_GLUE_JOB", { ...BEHIND, ...ATHENA, CARTEIRA_GLUE_JOB: "" }],
    ["CARTEIRA_LAKE_BUCKET", { ...BEHIND, ...ATHENA, CARTEIRA_LAKE_BUCKET: "" }],
    ["CARTEIRA_ATHENA_WORKGROUP", { ...BEHIND, ...REDSHIFT }],
    ...Object.keys(REDSHIFT).map(
      (name) => [name, { ...BEHIND, ...ATHENA, ...REDSHIFT, [name]: "" }] as const,
    ),
    ["CARTEIRA_ATHENA_DATABASE", { ...BEHIND, ...ATHENA, CARTEIRA_ATHENA_DATABASE: 'a"; DROP' }],
    ["CARTEIRA_REDSHIFT_WORKGROUP", { ...BEHIND, ...ATHENA, ...REDSHIFT, CARTEIRA_REDSHIFT_WORKGROUP: "A" }],
    ["CARTEIRA_REDSHIFT_DATABASE", { ...BEHIND, ...ATHENA, ...REDSHIFT, CARTEIRA_REDSHIFT_DATABASE: "1a" }],
    [
      "CARTEIRA_REDSHIFT_COPY_ROLE",
      { ...BEHIND, ...ATHENA, ...REDSHIFT, CARTEIRA_REDSHIFT_COPY_ROLE: "arn:aws:iam::123456789012:role/x'" },
    ],
  ])("asks for %s where the engines are set up wrong", (name, environment) => {
    expect(problems(environment)).toEqual([name]);
  });

  it.each(Object.keys(REDSHIFT))("wants %s beside the others of Redshift", (name) => {
    expect(problems({ ...BEHIND, ...ATHENA, ...REDSHIFT, [name]: "" })).toEqual([name]);
  });

  it("names every setting that is wrong, and what it may be", () => {
    const environment = { PORT: "x", CARTEIRA_LANG: "fr", CARTEIRA_LOG: "loud" };
    expect(problems(environment)).toEqual(["PORT", "CARTEIRA_LANG", "CARTEIRA_LOG"]);
    expect(() => readConfig(environment, "/")).toThrow(
      'CARTEIRA_LANG is "fr", but must be pt or en; CARTEIRA_LOG is "loud", but must be error or debug',
    );
  });

  it("takes Slack over HTTP, or over a socket where there is a token for it", () => {
    const http = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "s" };
    expect(readConfig(http, "/").slack).toEqual({
      botToken: "xoxb-1",
      mode: { kind: "http", signingSecret: "s", port: 3001 },
      apiUrl: null,
    });
    const socket = { ...http, SLACK_APP_TOKEN: "xapp-1", SLACK_API_URL: "http://127.0.0.1:80/api/" };
    expect(readConfig(socket, "/").slack).toEqual({
      botToken: "xoxb-1",
      mode: { kind: "socket", appToken: "xapp-1" },
      apiUrl: "http://127.0.0.1:80/api/",
    });
  });

  it.each([
    ["SLACK_BOT_TOKEN", { SLACK_SIGNING_SECRET: "s" }],
    ["SLACK_BOT_TOKEN", { SLACK_APP_TOKEN: "xapp-1" }],
    ["SLACK_SIGNING_SECRET", { SLACK_BOT_TOKEN: "xoxb-1" }],
    ["SLACK_BOT_TOKEN", { SLACK_BOT_TOKEN: "xoxp-1", SLACK_SIGNING_SECRET: "s" }],
    ["SLACK_APP_TOKEN", { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xoxb-1" }],
    ["SLACK_API_URL", { SLACK_API_URL: "http://127.0.0.1:80/api" }],
    ["SLACK_PORT", { SLACK_PORT: "x" }],
  ])("asks for %s where it has half of Slack, or something else in its place", (name, environment) => {
    expect(problems(environment)).toEqual([name]);
  });

  it("never shows a secret, not even a wrong one", () => {
    expect(() => readConfig({ CARTEIRA_STATE_URL: "mysql://carteira:hush@db/book" }, "/")).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("hush") }),
    );
    expect(() => readConfig({ SLACK_BOT_TOKEN: "hush", SLACK_APP_TOKEN: "hush" }, "/")).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("hush") }),
    );
  });
});

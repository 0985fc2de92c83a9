import { describe, expect, it } from "vitest";
import { readSettings, SettingsError, variableOf } from "./settings.ts";

const MAIL = { alarmEmail: "ti@example.com" };
const REACHED = {
  domain: "carteira.example.com",
  certificateArn: "arn:aws:acm:sa-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
};

function refused(context: Readonly<Record<string, unknown>>, environment = {}): readonly string[] {
  try {
    readSettings(environment, context);
  } catch (error) {
    if (error instanceof SettingsError) return error.settings;
    throw error;
  }
  return [];
}

describe("settings of a deployment", () => {
  it("need no more than where alarms go", () => {
    expect(readSettings({}, MAIL)).toMatchObject({
      environment: "prod",
      region: "sa-east-1",
      slack: "socket",
      teams: false,
      redshift: true,
      logDays: 180,
    });
  });

  it("are taken from the environment before cdk.json, as texts", () => {
    const environment = {
      CARTEIRA_AWS_ALARM_EMAIL: "mesa@example.com",
      CARTEIRA_AWS_REDSHIFT: "false",
      CARTEIRA_AWS_MONTHLY_BUDGET_USD: "900",
      CARTEIRA_AWS_LOG_DAYS: "30",
      CARTEIRA_AWS_REGION: "",
    };
    expect(readSettings(environment, { ...MAIL, redshift: true, region: "us-east-1" })).toMatchObject({
      alarmEmail: "mesa@example.com",
      redshift: false,
      monthlyBudgetUsd: 900,
      logDays: 30,
      region: "us-east-1",
    });
  });

  it.each([
    [["alarmEmail"], {}],
    [["alarmEmail"], { alarmEmail: "ti" }],
    [["environment"], { ...MAIL, environment: "Prod" }],
    [["region"], { ...MAIL, region: "brazil" }],
    [["slack"], { ...MAIL, slack: "on" }],
    [["natGateways", "logDays"], { ...MAIL, natGateways: 0, logDays: 7 }],
    [["redshiftRpu"], { ...MAIL, redshiftRpu: 8.5 }],
    [["redshiftRpu"], { ...MAIL, redshiftRpu: 12 }],
    [["bot"], { ...MAIL, bot: { PGPASSWORD: "x" } }],
    [["domain", "certificateArn"], { ...MAIL, slack: "http" }],
    [["certificateArn"], { ...MAIL, teams: true, domain: REACHED.domain }],
    [["slack"], { ...MAIL, slack: "off" }],
    [["redshfit"], { ...MAIL, redshfit: true }],
  ])("refuse, by name: %j", (names, context) => {
    expect(refused(context)).toEqual(names);
  });

  it("refuse a variable that is none of theirs, and say how each is written", () => {
    expect(refused(MAIL, { CARTEIRA_AWS_REDSHFIT: "true" })).toEqual(["CARTEIRA_AWS_REDSHFIT"]);
    expect(variableOf("monthlyBudgetUsd")).toBe("CARTEIRA_AWS_MONTHLY_BUDGET_USD");
    expect(() => readSettings({}, {})).toThrow(
      "alarmEmail (CARTEIRA_AWS_ALARM_EMAIL) must be an e-mail address",
    );
  });

  it("take Teams alone", () => {
    expect(readSettings({}, { ...MAIL, ...REACHED, slack: "off", teams: true }).slack).toBe("off");
  });
});

import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "./config.ts";

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
      log: "error",
    });
  });

  it("takes each setting, and an empty one as not set", () => {
    const environment = { CARTEIRA_HOME: "book", PORT: "0", CARTEIRA_LANG: "en", CARTEIRA_LOG: "debug" };
    expect(readConfig(environment, "/here")).toEqual({
      home: "/here/book",
      port: 0,
      language: "en",
      log: "debug",
    });
    expect(readConfig({ CARTEIRA_HOME: "/abs", PORT: "" }, "/here")).toMatchObject({
      home: "/abs",
      port: 3000,
    });
  });

  it.each(["-1", "65536", "80.5", "http", "0x50", "1e3"])("refuses PORT=%s by name", (PORT) => {
    expect(problems({ PORT })).toEqual(["PORT"]);
  });

  it("names every setting that is wrong, and what it may be", () => {
    const environment = { PORT: "x", CARTEIRA_LANG: "fr", CARTEIRA_LOG: "loud" };
    expect(problems(environment)).toEqual(["PORT", "CARTEIRA_LANG", "CARTEIRA_LOG"]);
    expect(() => readConfig(environment, "/")).toThrow(
      'CARTEIRA_LANG is "fr", but must be pt or en; CARTEIRA_LOG is "loud", but must be error or debug',
    );
  });
});

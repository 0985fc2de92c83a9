import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const ROOT = new URL("../../", import.meta.url);
const manifest = parse(readFileSync(new URL("manifest.yml", ROOT), "utf8"));
const document = readFileSync(new URL("docs/slack.md", ROOT), "utf8");
const code = readdirSync(new URL("bots/slack/", ROOT))
  .filter((name) => name.endsWith(".ts") && !/\.(test|testing)\.ts$/.test(name))
  .map((name) => readFileSync(new URL(`bots/slack/${name}`, ROOT), "utf8"))
  .join("\n");

/** The scope that each thing we do needs, by what it looks like in the code. */
const NEEDS: readonly (readonly [RegExp, string])[] = [
  [/app\.command\(/, "commands"],
  [/app\.event\("app_mention"/, "app_mentions:read"],
  [/app\.event\("message"/, "im:history"],
  [/app\.event\("file_shared"/, "files:read"],
  [/\.files\.info\(/, "files:read"],
  [/\.filesUploadV2\(/, "files:write"],
  [/\.chat\.(postMessage|postEphemeral|update)\(/, "chat:write"],
  // These need none.
  [/\.views\.(?:publish|open)\(/, ""],
  [/\.auth\.test\(/, ""],
  [/\.apps\.connections\.open\(/, ""],
  [/app\.event\("app_home_opened"/, ""],
  [/app\.action\(/, ""],
  [/app\.view\(/, ""],
];

const EVENTS: Readonly<Record<string, string>> = {
  message: "message.im",
  app_mention: "app_mention",
  file_shared: "file_shared",
  app_home_opened: "app_home_opened",
};

describe("manifest.yml", () => {
  it("asks for the scopes of what the code does, and for no other", () => {
    const needed = NEEDS.filter(([pattern]) => pattern.test(code)).map(([, scope]) => scope);
    const scopes = [...new Set(needed)].filter((scope) => scope !== "").sort();
    expect(manifest.oauth_config.scopes).toEqual({ bot: scopes });
  });

  it("knows each call of the Web API that the code makes", () => {
    const calls = code.match(/(?:#client|client)\.(?:[a-z]+\.)*[a-zA-Z]+\(/g) ?? [];
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.filter((call) => !NEEDS.some(([pattern]) => pattern.test(call)))).toEqual([]);
  });

  it("subscribes to the events that the code listens to", () => {
    const heard = [...code.matchAll(/app\.event\("([a-z_]+)"/g)].map(([, name = ""]) => EVENTS[name] ?? name);
    expect(manifest.settings.event_subscriptions.bot_events).toEqual([...new Set(heard)].sort());
  });

  it("has the command, buttons and App Home that the code serves", () => {
    expect(manifest.features.slash_commands).toMatchObject([
      { command: "/carteira", usage_hint: expect.any(String) },
    ]);
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  it("keeps to Slack's limits", () => {
    const { name, description, long_description: long } = manifest.display_information;
    expect(name.length).toBeLessThanOrEqual(35);
    expect(description.length).toBeLessThanOrEqual(140);
    expect(long.length).toBeGreaterThanOrEqual(174);
    expect(long.length).toBeLessThanOrEqual(4_000);
  });

  it("has each scope explained in docs/slack.md", () => {
    const explained = [...document.matchAll(/^\| `([a-z_]+(?::[a-z]+)?)` \|/gm)].map(([, scope]) => scope);
    expect(explained).toEqual(manifest.oauth_config.scopes.bot);
  });
});

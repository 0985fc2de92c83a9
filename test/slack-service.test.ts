import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeSlack } from "../bots/slack/fake-slack.testing.ts";
import { event, SECRET, sendTo, slashCommand } from "../bots/slack/slack.testing.ts";
import { type Program, start } from "./peers/service.testing.ts";

/** The service as it is started, twice over one home, with a Slack of our own. */
let folder: string;
let slack: FakeSlack;
let home: string;
const services: Program[] = [];

const settings = () => ({
  SLACK_BOT_TOKEN: slack.token,
  SLACK_SIGNING_SECRET: SECRET,
  SLACK_API_URL: slack.apiUrl,
  SLACK_PORT: "0",
});

async function serve(): Promise<number> {
  const service = start(["serve", "--home", home], folder, settings());
  services.push(service);
  const line = await service.until(/Slack: eventos em http:\/\/localhost:(\d+)/);
  return Number(/\d+$/.exec(line)?.[0]);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "carteira-slack-service-"));
  home = join(folder, "home");
  slack = await FakeSlack.open();
  const demo = start(["demo", "--clients", "4", "--home", home], folder);
  await demo.until(/Demonstração pronta/);
  await demo.stop();
});

afterAll(async () => {
  await Promise.all(services.map((service) => service.stop()));
  await slack?.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the service with Slack", () => {
  it("answers an event once, though two processes on one state get it, again and again", async () => {
    const [one, other] = [await serve(), await serve()];
    const said = { type: "message", channel: "D1", channel_type: "im", user: "U1", text: "ajuda", ts: "1.1" };
    const payload = event({ ...said, event_ts: "1.1" });
    const command = slashCommand(slack, "cliente123");
    for (const retry of [0, 1, 2]) {
      const sends = [one, other].flatMap((port) =>
        [payload, command].map((each) => sendTo(port, each, { retry })),
      );
      expect(await Promise.all(sends)).toEqual([200, 200, 200, 200]);
    }
    await expect.poll(() => slack.responses.length, { timeout: 10_000 }).toBe(1);
    await expect.poll(() => slack.of("chat.postMessage").length, { timeout: 10_000 }).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect([slack.responses.length, slack.of("chat.postMessage").length]).toEqual([1, 1]);
    // Nobody said whose book that person may see.
    expect(JSON.stringify(slack.responses)).toContain("slack:T1:U1");
    expect(slack.problems).toEqual([]);
  });

  it("ends when it is told to", async () => {
    await Promise.all(services.map((service) => service.stop()));
    for (const service of services) expect(service.said()).not.toMatch(/inesperado|xoxb|"level":"error"/);
  });

  it.each([
    ["half of the settings", { SLACK_SIGNING_SECRET: "" }, /SLACK_SIGNING_SECRET/],
    [
      "a token that Slack refuses",
      { SLACK_BOT_TOKEN: "xoxb-taken-back" },
      /\(invalid_auth\)\. Confira SLACK_BOT_TOKEN/,
    ],
  ])("does not start with %s, and says where to look", async (_, change, words) => {
    const service = start(["serve", "--home", home], folder, { ...settings(), ...change });
    services.push(service);
    await service.until(words);
    await service.stop();
    expect(service.said()).not.toMatch(/xoxb-of|xoxb-taken/);
  });
});

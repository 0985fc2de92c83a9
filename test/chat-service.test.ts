import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeSlack } from "../bots/slack/fake-slack.testing.ts";
import { event, SECRET, sendTo, slashCommand } from "../bots/slack/slack.testing.ts";
import { type Program, start } from "./peers/service.testing.ts";

/** The service as it is started, twice over one home, with a Slack and a Teams of our own. */
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

interface Served {
  /** Where Slack's events come in. */
  readonly port: number;
  /** Where Teams posts to. */
  readonly teams: string;
}

async function serve(): Promise<Served> {
  const local = { TEAMS_LOCAL: "true", TEAMS_PORT: "0" };
  const service = start(["serve", "--home", home], folder, { ...settings(), ...local });
  services.push(service);
  const line = await service.until(/Slack: eventos em http:\/\/localhost:(\d+)/);
  const teams = await service.until(/Teams em http:\S+/);
  return { port: Number(/\d+$/.exec(line)?.[0]), teams: teams.replace("Teams em ", "") };
}

/** The service that Teams is reached by: it takes whatever is sent. */
async function connector(): Promise<{
  readonly url: string;
  readonly sent: unknown[];
  readonly server: Server;
}> {
  const sent: unknown[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const activity: unknown = JSON.parse(body);
      if (!body.includes('"typing"')) sent.push(activity);
      response.writeHead(200, { "content-type": "application/json" }).end('{"id":"sent"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, sent, server };
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

/** One activity and one press, each delivered to both services three times. */
async function expectTeamsAnswersOnce(both: readonly Served[]): Promise<void> {
  const { url, sent, server } = await connector();
  const activity = {
    type: "message",
    id: "activity-1",
    channelId: "msteams",
    serviceUrl: url,
    text: "ajuda",
    from: { id: "29:ana", name: "Ana", aadObjectId: "ana" },
    recipient: { id: "28:bot", name: "Carteira" },
    conversation: { id: "a:ana", conversationType: "personal", tenantId: "tenant" },
  };
  const data = { verb: "carteira/ask", command: "ajuda" };
  const press = {
    ...activity,
    ...{ type: "invoke", id: "activity-2", name: "adaptiveCard/action", text: undefined },
    value: { action: { type: "Action.Execute", verb: data.verb, data }, trigger: "manual" },
  };
  for (let round = 0; round < 3; round += 1) {
    const posts = both.flatMap(({ teams }) =>
      [activity, press].map((each) =>
        fetch(teams, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(each),
        }),
      ),
    );
    expect((await Promise.all(posts)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  }
  await expect.poll(() => sent.length, { timeout: 10_000 }).toBe(2);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(sent).toHaveLength(2);
  expect(JSON.stringify(sent)).toContain("teams:tenant:ana");
  await new Promise((resolve) => server.close(resolve));
}

describe("the service with Slack and Teams", () => {
  it("answers an event once, though two processes on one state get it, again and again", async () => {
    const both = [await serve(), await serve()];
    const said = { type: "message", channel: "D1", channel_type: "im", user: "U1", text: "ajuda", ts: "1.1" };
    const payload = event({ ...said, event_ts: "1.1" });
    const command = slashCommand(slack, "cliente123");
    for (const retry of [0, 1, 2]) {
      const sends = both.flatMap(({ port }) =>
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
    await expectTeamsAnswersOnce(both);
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

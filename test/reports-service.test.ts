import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FakeSlack } from "../bots/slack/fake-slack.testing.ts";
import { SECRET, sendTo, slashCommand } from "../bots/slack/slack.testing.ts";
import { openState, type State } from "../src/state/index.ts";
import { type Program, start } from "./peers/service.testing.ts";

/** Two services over one home and one Slack: what they send without being asked arrives once. */
let folder: string;
let home: string;
let slack: FakeSlack;
let state: State;
const services: Program[] = [];
const ports: number[] = [];

const WAIT = { timeout: 40_000, interval: 200 };

async function serve(): Promise<void> {
  const service = start(["serve", "--home", home], folder, {
    SLACK_BOT_TOKEN: slack.token,
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_API_URL: slack.apiUrl,
    SLACK_PORT: "0",
  });
  services.push(service);
  const line = await service.until(/Slack: eventos em http:\/\/localhost:(\d+)/);
  ports.push(Number(/\d+$/.exec(line)?.[0]));
}

async function command(...args: readonly string[]): Promise<void> {
  const running = start([...args, "--home", home], folder);
  await running.until(/\S/);
  await running.stop();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "carteira-reports-service-"));
  home = join(folder, "home");
  slack = await FakeSlack.open();
  const demo = start(["demo", "--clients", "4", "--home", home], folder);
  await demo.until(/Demonstração pronta/);
  await demo.stop();
  await command("people", "add", "ana", "--name", "Ana Lima", "--role", "corretor", "--broker", "corretor1");
  await command("people", "link", "ana", "slack:T1:U1");
  await Promise.all([serve(), serve()]);
  state = await openState(join(home, "state.db"));
});

afterAll(async () => {
  await Promise.all(services.map((service) => service.stop()));
  await state?.close();
  await slack?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Says something to one of the services, and gives what it answered. */
async function tell(text: string, service = 0): Promise<string> {
  const before = slack.responses.length;
  expect(await sendTo(ports[service] ?? 0, slashCommand(slack, text))).toBe(200);
  await expect.poll(() => slack.responses.length, WAIT).toBe(before + 1);
  return JSON.stringify(slack.responses.at(-1));
}

/** Messages in the direct message, the oldest first. */
const posted = () => [...(slack.posted.get("D1") ?? [])].reverse();

it("a digest that is asked for now comes once, a parent with its thread and pictures", async () => {
  expect(await tell("resumo agora")).toContain("Estou montando o seu resumo");
  const delivered = async () => (await state.deliveries.list(10, { states: ["confirmed"] })).length;
  await expect.poll(delivered, WAIT).toBe(1);
  const [parent, ...thread] = posted();
  expect(JSON.stringify(parent)).toMatch(/Pregão de|Fechamento de|Antes do pregão|Sem pregão/);
  expect(thread.length).toBeGreaterThan(2);
  expect(new Set(thread.map((one) => one["thread_ts"]))).toEqual(new Set([parent?.["ts"]]));
  expect(JSON.stringify(thread)).toContain("slack_file");
  expect(slack.problems).toEqual([]);
});

it("an alert that fires is told once, with who holds it, and stands in the next digest", async () => {
  const before = posted().length;
  expect(await tell("concentração acima de 5%", 1)).toContain("Alerta 1");
  await expect.poll(() => posted().length, WAIT).toBe(before + 1);
  const told = JSON.stringify(posted().at(-1));
  expect(told).toContain("silenciar alerta 1");
  // Time enough for the other service to tell it again, were it to.
  await new Promise((resolve) => setTimeout(resolve, 7_000));
  expect(posted()).toHaveLength(before + 1);
  const rows = await state.deliveries.list(10);
  expect(rows.map(({ kind, state: at }) => [kind, at])).toEqual([
    ["alert", "confirmed"],
    ["digest", "confirmed"],
  ]);
  expect(rows[0]).toMatchObject({ owner: "person:ana", target: { channel: "slack", who: "slack:T1:U1" } });
  await tell("resumo agora com alertas");
  await expect.poll(() => JSON.stringify(posted().at(-1)), WAIT).toMatch(/Alertas?:? .*5%|concentra/i);
}, 60_000);

it("nothing goes to somebody who was removed meanwhile", async () => {
  const before = posted().length;
  await command("people", "unlink", "slack:T1:U1");
  await command("people", "remove", "ana");
  const at = new Date().toISOString();
  await state.deliveries.add([
    {
      key: "digest-of-before",
      kind: "digest",
      subscriptionId: null,
      owner: "person:ana",
      target: { channel: "slack", who: "slack:T1:U1", place: null },
      language: "pt",
      slot: at,
      expiresAt: null,
      payload: { time: "now", options: {} },
      state: "planned",
      reason: null,
    },
  ]);
  const reason = async () => (await state.deliveries.list(1))[0]?.reason;
  await expect.poll(reason, WAIT).toBe("access_gone");
  expect(posted()).toHaveLength(before);
  for (const service of services) expect(service.said()).not.toMatch(/"level":"error"|xoxb/);
});

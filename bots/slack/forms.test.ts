import { afterEach, describe, expect, it } from "vitest";
import type { Order } from "../../src/conversation/order.ts";
import { sampleForm } from "../../src/messages/form.testing.ts";
import { type Desk, type DeskOptions, openDesk, press, said, slashCommand, submit } from "./slack.testing.ts";

let open: Desk | null = null;
const told: (readonly [string, string, string])[] = [];

/** Shows the form where it is asked for, and repeats what it is told. */
const digest: Order = {
  take: async ({ text, place }, { userId }) => {
    const words = text.replace("/carteira ", "");
    if (!words.startsWith("resumo")) return null;
    told.push([userId, place, words]);
    const headline = words === "resumo" ? "Nada agendado." : `Feito: ${words}.`;
    const blocks = words === "resumo" ? [sampleForm] : [];
    return {
      reply: { message: { text: headline, headline, blocks, footer: [] }, answer: null },
      audited: { intent: "digest", client: null, outcome: "ok" },
    };
  },
};

async function desk({ conversation, ...options }: DeskOptions = {}): Promise<Desk> {
  told.length = 0;
  open = await openDesk({ ...options, conversation: { orders: [digest], ...conversation } });
  return open;
}

afterEach(async () => {
  const closing = open;
  open = null;
  await closing?.close();
  expect(closing?.slack.problems ?? []).toEqual([]);
});

const BUTTON = { type: "button", action_id: "carteira.form.0", value: "resumo" };
const FILLED = {
  time: { type: "timepicker", selected_time: "09:15" },
  days: { type: "static_select", selected_option: { value: "weekdays" } },
  name: { type: "plain_text_input", value: "da\nmanhã {time}" },
};
const direct = {
  channel: { id: "D1", name: "directmessage" },
  container: { type: "message", channel_id: "D1" },
};

/** Presses the button and gives the id of the modal that opens. */
async function opened(
  { slack, send, eventually }: Desk,
  change: Record<string, unknown> = {},
): Promise<string> {
  const before = slack.views.size;
  await send(press(slack, BUTTON, change));
  await eventually(() => expect(slack.views.size).toBe(before + 1));
  return `V${before + 1}`;
}

describe("a form in Slack", () => {
  it("is a button below what a typed command is answered with", async () => {
    const { slack, send, eventually } = await desk();
    await send(slashCommand(slack, "resumo"));
    await eventually(() => expect(slack.responses).toHaveLength(1));
    expect(said(slack.responses[0])).toContain('"value":"resumo","action_id":"carteira.form.0"');
    expect(slack.responses[0]?.["text"]).toContain(
      "Resumo diário por mensagem: resumo às 08:30 sessions manhã",
    );
  });

  it("opens a modal, and what is filled in is said as a command by who sends it", async () => {
    const at = await desk();
    const { slack, send, eventually } = at;
    const id = await opened(at, { user: { id: "U2", username: "u", team_id: "T1" } });
    expect(slack.of("views.open")[0]?.args["view"]).toMatchObject({ callback_id: "carteira.form" });
    await send(submit(slack, id, FILLED, "U2"));
    await eventually(() => expect(slack.of("chat.postEphemeral")).toHaveLength(1));
    expect(told).toEqual([
      ["corretor2", "slack:T1:C1:U2", "resumo"],
      ["corretor2", "slack:T1:C1:U2", "resumo às 09:15 weekdays da manhã {time}"],
    ]);
    expect(slack.of("chat.postEphemeral")[0]?.args).toMatchObject({ channel: "C1", user: "U2" });
    expect(said(slack.of("chat.postEphemeral")[0]?.args)).toContain("Feito: resumo às 09:15");
  });

  it("is answered in the direct message that it was opened in", async () => {
    const at = await desk();
    const id = await opened(at, direct);
    await at.send(submit(at.slack, id, FILLED));
    await at.eventually(() => expect(at.slack.of("chat.postMessage")).toHaveLength(1));
    expect(at.slack.of("chat.postMessage")[0]?.args).toMatchObject({ channel: "D1" });
  });

  it("is answered in the person's own direct message where the app is no member", async () => {
    const at = await desk();
    at.slack.fault("chat.postEphemeral", { error: "channel_not_found" });
    await at.send(submit(at.slack, await opened(at), FILLED));
    await at.eventually(() => expect(at.slack.of("chat.postMessage")).toHaveLength(1));
    expect(at.slack.of("chat.postMessage")[0]?.args).toMatchObject({ channel: "U1" });
  });

  it("is sent from App Home into the direct message, and Home is drawn anew", async () => {
    const at = await desk();
    const home = { container: { type: "view" }, channel: undefined, message: undefined };
    const id = await opened(at, home);
    await at.send(submit(at.slack, id, FILLED));
    await at.eventually(() => expect(at.slack.of("views.publish")).toHaveLength(1));
    expect(at.slack.of("chat.postMessage")[0]?.args).toMatchObject({ channel: "U1" });
  });

  it("is taken once, however often it is sent, and from two processes", async () => {
    const at = await desk();
    const port = await at.second();
    const payload = submit(at.slack, await opened(at), FILLED);
    const again = submit(at.slack, "V1", FILLED);
    await Promise.all([
      at.send(payload),
      at.send(payload, { port }),
      at.send(again),
      at.send(payload, { retry: 1 }),
    ]);
    await at.settled();
    expect(told).toHaveLength(2);
    expect(at.slack.of("chat.postEphemeral")).toHaveLength(1);
  });

  it("shows a stranger who presses or sends nothing but who they are here", async () => {
    const at = await desk();
    const { slack, send, eventually } = at;
    const id = await opened(at);
    await send(press(slack, BUTTON, { user: { id: "U9", username: "u", team_id: "T1" } }));
    await eventually(() => expect(said(slack.responses[0])).toContain("slack:T1:U9"));
    await send(submit(slack, id, FILLED, "U9"));
    await eventually(() => expect(said(slack.of("chat.postEphemeral")[0]?.args)).toContain("slack:T1:U9"));
    expect(told.map(([user]) => user)).toEqual(["corretor1"]);
    expect(slack.views.size).toBe(1);
  });

  it("is offered again where Slack did not wait for the modal", async () => {
    const { slack, send, eventually, logged } = await desk();
    slack.fault("views.open", { error: "expired_trigger_id" });
    await send(press(slack, BUTTON));
    await eventually(() => expect(said(slack.responses[0])).toContain("Aperte o botão de novo"));
    expect(said(slack.responses[0])).toContain("carteira.form.0");
    expect(logged).toEqual([]);
  });

  it("whose words open no form is answered in words", async () => {
    const { slack, send, eventually, asked } = await desk();
    await send(press(slack, { ...BUTTON, value: "carteira de cliente123" }));
    await eventually(() => expect(slack.responses).toHaveLength(1));
    expect(asked).toMatchObject([{ question: { client: "cliente123" }, brokers: ["corretor1"] }]);
    expect(slack.views.size).toBe(0);
  });

  it("has the modal's own words in the language that the person has set", async () => {
    const person = { id: "ana", language: "en" as const };
    const asker = {
      userId: "person:ana",
      brokers: ["corretor1"],
      admin: false,
      language: "en" as const,
      person,
    };
    const at = await desk({ conversation: { identify: async () => asker } });
    await opened(at);
    expect(at.slack.views.get("V1")).toMatchObject({ close: { text: "Cancel" } });
  });

  it("that is forged is refused", async () => {
    const at = await desk();
    const payload = submit(at.slack, await opened(at), FILLED);
    expect(await at.send(payload, { secret: "another" })).toBe(401);
    await at.settled();
    expect(told).toHaveLength(1);
  });
});

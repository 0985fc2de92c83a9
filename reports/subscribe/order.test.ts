import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Asker } from "../../src/access/access.ts";
import { DEFAULT_HOURS } from "../../src/market/hours.ts";
import type { FormBlock, Message } from "../../src/messages/message.ts";
import { openState, type State } from "../../src/state/index.ts";
import { newPlace, type Place } from "../../src/state/places.testing.ts";
import { createDigestOrder } from "./order.ts";
import { digestSettings } from "./settings.ts";

const MENU = ["returns", "clients", "income"];
const ANA = "slack:T1:U1";

let kept: Place;
let state: State;
let nowMs: number;
let reached: readonly string[];

beforeEach(async () => {
  kept = await newPlace();
  nowMs = Date.parse("2026-11-25T14:00:00Z");
  reached = ["slack", "console"];
  state = await openState(kept.place, () => new Date(nowMs));
});

afterEach(async () => {
  await state.close();
  await kept.remove();
});

const asker = (userId: string): Asker => ({ userId, brokers: ["b1"], admin: false, language: "pt" });

async function say(
  text: string,
  {
    who = ANA,
    owner = "person:ana",
    language = "pt" as "pt" | "en",
    eventId = randomUUID() as string,
    place = "slack:T1:D1:U1",
  } = {},
) {
  const order = createDigestOrder({
    subscriptions: state.subscriptions,
    deliveries: state.deliveries,
    rules: { hours: DEFAULT_HOURS, beforeOpenMs: 3_600_000, afterCloseMs: 2_700_000 },
    menu: MENU,
    reaches: (channel) => reached.includes(channel),
    now: () => new Date(nowMs),
  });
  return await order.take({ eventId, who, place, text, language }, asker(owner));
}

async function reply(...args: Parameters<typeof say>): Promise<Message> {
  const turn = await say(...args);
  if (turn === null) throw new Error("not taken");
  return turn.reply.message;
}

const formOf = (message: Message): FormBlock => {
  const form = message.blocks.find((block) => block.kind === "form");
  if (form?.kind !== "form") throw new Error("no form");
  return form;
};

describe("a digest", () => {
  it("is set for the direct messages of whoever says so, with the next runs told", async () => {
    const message = await reply("resumo às 8:30 e depois do pregão");
    expect(message.headline).toBe("Combinado: o resumo chega depois do pregão e às 08:30, nos pregões.");
    expect(message.text).toContain("qua 25/11 18:45 · qui 26/11 08:30 · qui 26/11 18:45");
    expect(await state.subscriptions.list()).toMatchObject([
      {
        owner: "person:ana",
        kind: "digest",
        target: { channel: "slack", who: ANA, place: null },
        schedule: { zone: "America/Sao_Paulo", days: "sessions", times: ["after_close", "08:30"] },
        options: { sections: "all", whenNothing: "say" },
        language: "pt",
      },
    ]);
  });

  it("is changed by what is said, and keeps what is not", async () => {
    await reply("resumo às 8:30 só com novidade");
    await reply("resumo com clientes, proventos e alertas");
    const message = await reply("digest before the open on weekdays", { language: "en" });
    expect(message.headline).toBe("Done: the digest comes before the open, mon to fri.");
    expect(await state.subscriptions.list()).toMatchObject([
      {
        schedule: { times: ["before_open"] },
        options: { sections: ["clients", "income"], whenNothing: "skip" },
      },
    ]);
  });

  it("is paused, resumed and stopped, and says how it stands", async () => {
    await reply("resumo antes do pregão");
    expect((await reply("pausar resumo")).headline).toBe(
      "Resumo em pausa. Nada será enviado até você retomar.",
    );
    expect((await reply("pausar resumo")).headline).toBe("O resumo já está assim; nada mudou.");
    expect((await reply("resumo")).headline).toBe("Seu resumo está em pausa (antes do pregão, nos pregões).");
    expect((await reply("retomar resumo")).text).toContain("qui 26/11 09:00");
    expect((await reply("parar resumo")).headline).toBe("Resumo cancelado. Nada mais será enviado.");
    expect(await state.subscriptions.list()).toEqual([]);
    expect((await reply("parar resumo")).headline).toContain("Não há resumo combinado");
    expect((await reply("resumo")).headline).toBe("Você ainda não recebe o resumo.");
  });

  it("now goes the same way, once for an event", async () => {
    await reply("resumo com clientes");
    await reply("resumo agora", { eventId: "same" });
    await reply("resumo agora", { eventId: "same" });
    const rows = await state.deliveries.list(10);
    expect(rows).toMatchObject([
      {
        owner: "person:ana",
        target: { channel: "slack", who: ANA, place: null },
        state: "planned",
        payload: { time: "now", options: { sections: ["clients"], whenNothing: "say" } },
      },
    ]);
  });

  it("is not promised where nothing can be sent", async () => {
    reached = [];
    for (const text of ["resumo às 8:30", "resumo agora"]) {
      expect((await say(text))?.audited.outcome).toBe("refused");
    }
    expect(await state.subscriptions.list()).toEqual([]);
    expect(await state.deliveries.list(10)).toEqual([]);
  });

  it("of somebody who had the channel's user before is not shown, nor changed", async () => {
    await reply("resumo às 8:30");
    const bia = { owner: "person:bia" };
    expect((await reply("resumo", bia)).headline).toBe("Você ainda não recebe o resumo.");
    expect((await reply("parar resumo", bia)).headline).toContain("Não há resumo combinado");
    expect(await state.subscriptions.list()).toHaveLength(1);
    await reply("resumo depois do pregão", bia);
    expect(await state.subscriptions.list()).toMatchObject([{ owner: "person:bia" }]);
  });

  it("is refused in a year without a calendar, but for days that need none", async () => {
    nowMs = Date.parse("2027-12-01T14:00:00Z");
    expect((await reply("resumo às 8:30")).text).toContain("só vai até 2027");
    nowMs = Date.parse("2028-01-03T14:00:00Z");
    expect((await reply("resumo antes do pregão")).headline).toContain("Ainda não conheço os pregões");
    expect((await reply("resumo seg a sex às 8:30")).headline).toContain("Combinado");
  });

  it.each([
    ["resumo às 25:00", "Não entendi “25:00”, então não mudei nada."],
    ["resumo às 1h 2h 3h 4h 5h 6h 7h", "Com isso não há horário possível, então não mudei nada."],
  ])("with a mistake changes nothing: %s", async (text, headline) => {
    expect((await reply(text)).headline).toBe(headline);
    expect(await state.subscriptions.list()).toEqual([]);
  });

  it("leaves questions alone", async () => {
    expect(await say("resumo da carteira do cliente123")).toBeNull();
  });
});

describe("the form", () => {
  it.each(["pt", "en"] as const)(
    "says an order that is understood, for each of its choices (%s)",
    async (language) => {
      const form = formOf(await reply("resumo", { language }));
      expect(form.open.command).toBe(language === "pt" ? "resumo" : "digest");
      for (const field of form.fields) {
        if (field.kind !== "choice") throw new Error("not a choice");
        expect(field.options.length).toBeLessThanOrEqual(100);
        for (const { value } of field.options) {
          const command = form.submit.command.replaceAll(/\{(\w+)\}/g, (_, id: string) =>
            id === field.id ? value : (form.fields.find((one) => one.id === id)?.value ?? ""),
          );
          expect((await say(command, { language }))?.audited).toMatchObject({
            intent: "digest_set",
            outcome: "ok",
          });
        }
      }
    },
  );

  it("holds what is set, also what it does not offer itself", async () => {
    await reply("resumo às 8:35 seg, qua no horário de Lisboa com clientes e proventos");
    const form = formOf(await reply("resumo"));
    expect(form.fields.map(({ value }) => value)).toEqual([
      "às 08:35",
      "seg, qua",
      "com clientes, proventos",
      "mesmo sem novidade",
    ]);
    expect(form.submit.command).toContain("Europe/Lisbon");
  });
});

describe("a digest for a channel", () => {
  const place = "slack:T1:C7:U1";
  const HERE = { channel: "slack", who: ANA, place: "C7" } as const;
  const pressed = (message: Message): string => {
    const buttons = message.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
    return buttons[0]?.command ?? "";
  };

  it("is only set once it is confirmed that others will read it", async () => {
    const asked = await reply("resumo antes do pregão neste canal", { place });
    expect(asked.headline).toContain("Todos neste canal verão");
    expect(await state.subscriptions.list()).toEqual([]);
    expect(pressed(asked)).toBe("resumo antes do pregão neste canal confirmo");
    const set = await reply(pressed(asked), { place });
    expect(set.headline).toContain("antes do pregão");
    expect(await state.subscriptions.findFor("digest", HERE)).toMatchObject({ owner: "person:ana" });
    expect(formOf(set).submit.command).toMatch(/neste canal$/);
    // The one in the direct messages is another.
    expect((await reply("resumo", { place })).headline).toContain("ainda não recebe");
  });

  it("sent at once goes there, and nowhere before it is confirmed", async () => {
    await reply("resumo agora neste canal", { place });
    expect(await state.deliveries.list(5)).toEqual([]);
    await reply("digest now in this channel confirmed", { place, language: "en" });
    expect(await state.deliveries.list(5)).toMatchObject([{ target: HERE, payload: { time: "now" } }]);
  });

  it("is paused and stopped without a confirmation, and resumed with one", async () => {
    await reply("resumo às 8:30 neste canal confirmo", { place });
    await reply("pausar resumo neste canal", { place });
    expect((await state.subscriptions.list())[0]?.pausedAt).not.toBeNull();
    expect((await reply("retomar resumo neste canal", { place })).headline).toContain("Todos neste canal");
    expect((await state.subscriptions.list())[0]?.pausedAt).not.toBeNull();
    await reply("retomar resumo neste canal confirmo", { place });
    expect((await state.subscriptions.list())[0]?.pausedAt).toBeNull();
    await reply("parar resumo neste canal", { place });
    expect(await state.subscriptions.list()).toEqual([]);
  });

  it.each(["slack:T1:D1:U1", "slack:T1:home:U1", "teams:t:19:x", "console:abc"])(
    "cannot be set in %s, where there is no channel",
    async (elsewhere) => {
      const asked = await reply("resumo às 8:30 neste canal confirmo", { place: elsewhere });
      expect(asked.headline).toContain("só vai para um canal do Slack");
      expect(await state.subscriptions.list()).toEqual([]);
    },
  );
});

it("the settings tell of one's own digests, with the form of the one in the direct messages", async () => {
  const settings = (owner: string, language: "pt" | "en" = "pt") =>
    digestSettings({ subscriptions: state.subscriptions, menu: MENU }, owner, language);
  expect(JSON.stringify(await settings("person:ana"))).toContain('"text":"nenhum"');
  await reply("resumo às 8:30");
  // The oldest comes first.
  nowMs += 1_000;
  await reply("resumo depois do pregão neste canal confirmo", { place: "slack:T1:C7:U1" });
  await reply("pausar resumo neste canal", { place: "slack:T1:C7:U1" });
  const [fields, form] = await settings("person:ana");
  expect(JSON.stringify(fields)).toContain(
    "às 08:30, nos pregões; depois do pregão, nos pregões, num canal, em pausa",
  );
  expect(form).toMatchObject({ kind: "form", open: { command: "resumo" } });
  expect(JSON.stringify(form)).not.toContain("neste canal");
  expect(JSON.stringify(await settings("person:bia", "en"))).toContain('"text":"none"');
});

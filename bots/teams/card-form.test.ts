import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleForm } from "../../src/messages/form.testing.ts";
import type { FormBlock, Message } from "../../src/messages/message.ts";
import { cardOf } from "./card.ts";
import { filledForm } from "./card-form.ts";
import { cardProblems } from "./check-card.testing.ts";
import { cardOfSent, reply, run } from "./fake-teams.testing.ts";

const messageOf = (...blocks: Message["blocks"]): Message => ({
  text: "oi",
  headline: "oi",
  blocks,
  footer: [],
});
const BUTTONS = { kind: "buttons" as const, buttons: [{ label: "Ver", command: "carteira ajuda" }] };

describe("a form in a card", () => {
  it("is inputs with labels and a button that sends them; another button leaves them alone", () => {
    const card = cardOf(messageOf(sampleForm, BUTTONS), { language: "pt" });
    expect(cardProblems(card)).toEqual([]);
    expect(card.body).toContainEqual(
      expect.objectContaining({
        type: "Container",
        items: [
          expect.objectContaining({ text: "Resumo diário por mensagem" }),
          expect.objectContaining({ type: "Input.Time", id: "form0_time", label: "Horário", value: "08:30" }),
          expect.objectContaining({ type: "Input.ChoiceSet", id: "form0_days", value: "sessions" }),
          expect.objectContaining({
            type: "Input.Text",
            id: "form0_name",
            placeholder: "manhã",
            isRequired: true,
          }),
          expect.objectContaining({ type: "ActionSet" }),
        ],
      }),
    );
    expect(card.actions).toMatchObject([
      { associatedInputs: "none", fallback: { type: "Action.Submit", associatedInputs: "none" } },
    ]);
  });

  it("tells two forms of a card apart", () => {
    const card = cardOf(messageOf(sampleForm, sampleForm), { language: "en" });
    expect(cardProblems(card)).toEqual([]);
    const data = { form: "form1", command: "x {a}", form0_a: "no", form1_a: "yes", form1_b: 7 };
    expect(filledForm(data)).toBe("x yes");
    for (const none of [null, {}, "x", { form: 1, command: 2 }]) expect(filledForm(none)).toBe("");
  });

  it("is a card that Teams takes, whatever the form holds", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "binary", minLength: 100, maxLength: 400 }),
      fc.constantFrom("", "{{DATE(2017-02-14T06:08:39Z,SHORT)}}"),
    );
    const base = { id: fc.stringMatching(/^[a-z0-9]{1,8}$/), label: text };
    const field = fc.oneof(
      fc.record({ ...base, kind: fc.constant("text" as const), example: text, value: text }),
      fc.record({ ...base, kind: fc.constant("time" as const), value: fc.constantFrom("08:30", "25:00") }),
      fc.record({
        ...base,
        kind: fc.constant("choice" as const),
        options: fc.array(fc.record({ label: text, value: text }), { maxLength: 120 }),
        value: text,
      }),
    );
    const form: fc.Arbitrary<FormBlock> = fc.record({
      kind: fc.constant("form" as const),
      open: fc.record({ label: text, command: text }),
      title: text,
      fields: fc.uniqueArray(field, { maxLength: 6, selector: ({ id }) => id }),
      submit: fc.record({ label: text, command: text }),
    });
    fc.assert(
      fc.property(form, (one) => {
        expect(cardProblems(cardOf(messageOf(one, BUTTONS), { language: "pt" }))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("that is sent says its command as whoever sent it, as Execute and as Submit", async () => {
    const { post, activity, asked, fake } = await run({
      say: async ({ text }) =>
        text === "resumo" ? reply("nada agendado", {}, [sampleForm]) : reply(`feito: ${text}`),
    });
    await post(activity({ text: "resumo" }));
    const [first] = await fake.until(1);
    expect(cardProblems(cardOfSent(first))).toEqual([]);
    const data = {
      verb: "carteira/form",
      form: "form0",
      command: sampleForm.submit.command,
      form0_time: "09:15",
      form0_days: "weekdays",
      form0_name: "da\nmanhã {time}",
    };
    await post(activity({ value: data, text: undefined }));
    await fake.until(2);
    const invoke = { type: "invoke", name: "adaptiveCard/action" };
    const action = { type: "Action.Execute", verb: data.verb, data };
    await post(activity({ ...invoke, value: { action } }));
    const messages = await fake.until(3);
    const command = "resumo às 09:15 weekdays da manhã {time}";
    expect(asked.map(({ text }) => text)).toEqual(["resumo", command, command]);
    expect(JSON.stringify(messages[2])).toContain(`feito: ${command}`);
  });
});

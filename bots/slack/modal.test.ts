import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleForm } from "../../src/messages/form.testing.ts";
import type { FormBlock } from "../../src/messages/message.ts";
import { checkModal } from "./check-blocks.testing.ts";
import { keptIn, modalOf, valuesIn } from "./modal.ts";

const BACK = { channel: "C1", thread: "1.1", direct: false };

describe("a modal", () => {
  it("holds an input a field, what it fills and where it was opened, and nothing else", () => {
    const view = modalOf(sampleForm, BACK, "pt");
    expect(checkModal(view)).toEqual([]);
    expect(view).toMatchObject({
      title: { text: "Resumo diário por mensa…" },
      submit: { text: "Agendar" },
      close: { text: "Cancelar" },
      blocks: [
        {
          block_id: "field.time",
          label: { text: "Horário" },
          element: { type: "timepicker", initial_time: "08:30" },
        },
        { element: { type: "static_select", initial_option: { value: "sessions" } } },
        { element: { type: "plain_text_input", placeholder: { text: "manhã" } } },
      ],
    });
    expect(JSON.parse(view?.private_metadata ?? "")).toEqual({ ...BACK, command: sampleForm.submit.command });
    expect(keptIn(view?.private_metadata ?? "")).toEqual({ ...BACK, command: sampleForm.submit.command });
  });

  it("is within Slack's limits whatever the form holds", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "binary", minLength: 20, maxLength: 400 }),
      fc.constantFrom("😀".repeat(60), "<!everyone>", ""),
    );
    const base = { id: fc.stringMatching(/^[a-z0-9]{1,8}$/), label: text };
    const choice = fc.record({ label: text, value: text });
    const field = fc.oneof(
      fc.record({ ...base, kind: fc.constant("text" as const), example: text, value: text }),
      fc.record({
        ...base,
        kind: fc.constant("time" as const),
        value: fc.constantFrom("08:30", "25:00", ""),
      }),
      fc.record({
        ...base,
        kind: fc.constant("choice" as const),
        options: fc.array(choice, { maxLength: 130 }),
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
    let drawn = 0;
    fc.assert(
      fc.property(form, fc.constantFrom("pt" as const, "en" as const), (one, language) => {
        const view = modalOf(one, BACK, language);
        if (view === null) return;
        drawn += 1;
        expect(checkModal(view)).toEqual([]);
      }),
    );
    expect(drawn).toBeGreaterThan(10);
  });

  it("is not drawn without fields, nor where its command is more than it can keep", () => {
    expect(modalOf({ ...sampleForm, fields: [] }, BACK, "pt")).toBeNull();
    const submit = { label: "x", command: "x".repeat(3_000) };
    expect(modalOf({ ...sampleForm, submit }, BACK, "pt")).toBeNull();
    const empty = { id: "a", label: "A", kind: "choice" as const, options: [] };
    expect(modalOf({ ...sampleForm, fields: [...sampleForm.fields, empty] }, BACK, "pt")).toBeNull();
  });

  it("comes back with the values of its fields, and what is none of ours with nothing", () => {
    const values = valuesIn({
      "field.time": { value: { selected_time: "09:15" } },
      "field.days": { value: { selected_option: { value: "weekdays" } } },
      "field.name": { value: { value: "a" } },
      "field.none": { value: { value: null, selected_option: null } },
      other: { value: { value: "b" } },
      "field.odd": { x: { value: "c" } },
    });
    expect(values).toEqual({ time: "09:15", days: "weekdays", name: "a", none: "" });
    for (const metadata of [
      "",
      "{",
      "null",
      "[]",
      '{"command":1,"channel":null}',
      '{"command":"a","channel":2}',
    ]) {
      expect(keptIn(metadata)).toBeNull();
    }
  });
});

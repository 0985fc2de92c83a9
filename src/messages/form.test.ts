import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleForm } from "./form.testing.ts";
import { filledCommand, formExample, formIn, isRequired, optionsOf } from "./form.ts";
import type { FormField } from "./message.ts";

describe("a filled form", () => {
  it("says its command with each field's value", () => {
    const values = { time: "08:30", days: "seg a sex" };
    expect(filledCommand("resumo às {time}, {days}", values)).toBe("resumo às 08:30, seg a sex");
  });

  it("leaves nothing of a field without a value, and never reads a value as a field", () => {
    expect(filledCommand("alerta {asset} {note}", { asset: "{note}", note: "" })).toBe("alerta {note}");
    expect(filledCommand("{constructor}{valueof} a", {})).toBe("a");
  });

  it("says one line, whatever is in the values, and keeps none longer than 200 characters", () => {
    const any = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "binary", minLength: 190, maxLength: 420 }),
    );
    const values = fc.dictionary(fc.stringMatching(/^[a-z0-9]{1,6}$/), any, { maxKeys: 5 });
    fc.assert(
      fc.property(values, (given) => {
        const ids = Object.keys(given);
        const said = filledCommand(`a ${ids.map((id) => `<{${id}}>`).join(" ")} z`, given);
        expect(said).not.toMatch(/[\n\r\u2028\u2029\p{Cc}]/u);
        expect(said.isWellFormed()).toBe(true);
        expect(said.startsWith("a ") && said.endsWith("z")).toBe(true);
        expect(said.length).toBeLessThanOrEqual(4 + ids.length * 203);
        // What holds nothing unusual stands as it is.
        for (const [id, value] of Object.entries(given)) {
          if (/^[\w.,:]{1,200}$/.test(value)) expect(filledCommand(`x {${id}}`, given)).toBe(`x ${value}`);
        }
      }),
    );
  });

  it("never halves a character where it cuts", () => {
    expect(filledCommand("x {a}", { a: `${"a".repeat(199)}😀` })).toBe(`x ${"a".repeat(199)}`);
  });
});

describe("a form", () => {
  it("is found by the words that open it", () => {
    const other = { ...sampleForm, open: { label: "b", command: "b" } };
    const message = { text: "", headline: "", footer: [], blocks: [sampleForm, other] };
    expect(formIn(message, "b")).toBe(other);
    expect(formIn(message, "c")).toBe(sampleForm);
    expect(formIn({ ...message, blocks: [] }, "b")).toBeNull();
  });

  it("tells its command by an example", () => {
    expect(formExample(sampleForm)).toBe("resumo às 08:30 sessions manhã");
  });

  it("offers a hundred choices at most, each once and only such as stay as they are", () => {
    const options = [
      { label: "x", value: "x".repeat(201) },
      { label: "two", value: "a\nb" },
      { label: " ", value: "c" },
      ...Array.from({ length: 150 }, (_, at) => ({ label: `n${at}`, value: `${at % 120}` })),
    ];
    const field: FormField = { id: "a", label: "A", kind: "choice", options };
    expect(optionsOf(field)).toHaveLength(100);
    expect(optionsOf(field).every(({ label }) => label.startsWith("n"))).toBe(true);
  });

  it("wants every field filled but a text that is given as empty", () => {
    expect(isRequired({ id: "a", label: "A", kind: "text", value: "" })).toBe(false);
    expect(isRequired({ id: "a", label: "A", kind: "text" })).toBe(true);
    expect(isRequired({ id: "a", label: "A", kind: "time" })).toBe(true);
  });
});

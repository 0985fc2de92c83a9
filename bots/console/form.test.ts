import { describe, expect, it } from "vitest";
import { sampleForm } from "../../src/messages/form.testing.ts";
import { eventsOf, message, reply, serve } from "./console.testing.ts";
import { formHtml, sentForm } from "./form.ts";

describe("a form in the page", () => {
  it("has a label for each input, and what is set already", async () => {
    const page = String(await formHtml(sampleForm)).replace(/\s+/g, " ");
    expect(page).toContain("<legend>Resumo diário por mensagem</legend>");
    expect(page).toContain(
      '<label><span>Horário</span><input type="time" name="field-time" value="08:30" required>',
    );
    expect(page).toContain('<option value="sessions" selected>Dias de pregão</option>');
    expect(page).toContain('placeholder="manhã"');
    expect(page.match(/<label>/g)).toHaveLength(3);
    expect(page).toContain('<button type="submit"');
  });

  it("escapes whatever it is made of", async () => {
    const evil = '"><script>x</script>';
    const page = String(
      await formHtml({
        ...sampleForm,
        title: evil,
        fields: [
          { id: "a", label: evil, kind: "text", value: evil, example: evil },
          { id: "b", label: evil, kind: "choice", options: [{ label: evil, value: evil }] },
        ],
        submit: { label: evil, command: evil },
      }),
    );
    expect(page).not.toContain("<script");
    expect(page).not.toContain('""><');
  });

  it("is sent as the command that it fills, by whom the page speaks for", async () => {
    const { browser, conversation } = await serve({
      say: async ({ text }) =>
        reply(text === "resumo" ? message("Nada agendado.", [sampleForm]) : message(`feito: ${text}`)),
    });
    const visitor = browser();
    const { page, talk } = await visitor.open();
    // What stands in the talk takes its id from around it.
    expect(page).toMatch(/id="talk"[^>]*hx-headers:inherited='\{"X-Talk": "[\w-]+"\}'/);
    const shown = eventsOf(await (await visitor.ask("resumo", talk)).text()).at(-1) ?? "";
    expect(shown).toContain('hx-post="/ask"');
    const filled = new URLSearchParams({
      filled: sampleForm.submit.command,
      "field-time": "09:15",
      "field-days": "weekdays",
      "field-name": "da\nmanhã {time}",
      text: "rascunho",
    });
    const answer = await (await visitor.post("/ask", filled, { "x-talk": talk })).text();
    expect(answer).toContain("feito: resumo às 09:15 weekdays da manhã {time}");
    expect(conversation.asked.at(-1)).toMatchObject({ who: "corretor1", place: `console:${talk}` });
    expect((await visitor.post("/ask", filled, { "x-talk": "another" })).status).toBe(409);
  });

  it("is nothing where the fields are of none", () => {
    expect(sentForm({ text: "a", "field-a": "b" })).toBeNull();
    expect(sentForm({ filled: "x {a}{b}", "field-a": "1", "field-b": new File([], "f") })).toBe("x 1");
  });
});

import { describe, expect, it } from "vitest";
import { Terminal } from "./terminal.ts";

function terminal(isTTY: boolean, columns = 80) {
  const written = { out: "", err: "" };
  const out = { write: (text: string) => (written.out += text) };
  const err = { write: (text: string) => (written.err += text), isTTY, columns };
  return { terminal: new Terminal(out, err), written };
}

describe("on a terminal", () => {
  it("overwrites the progress line and clears it before anything else is said", () => {
    const { terminal: shown, written } = terminal(true);
    shown.progress("Lendo", 0.5);
    shown.progress("Lendo", 0.501);
    shown.progress("Lendo", 0.75);
    shown.print("pronto");
    expect(written.err).toBe("\r\u001b[KLendo 50%\r\u001b[KLendo 75%\r\u001b[K");
    expect(written.out).toBe("pronto\n");
  });

  it("never lets the progress line wrap", () => {
    const { terminal: shown, written } = terminal(true, 20);
    shown.progress("operações-de-todos-os-clientes.csv", 0.5);
    expect(written.err.replace("\r\u001b[K", "")).toHaveLength(19);
  });
});

describe("elsewhere", () => {
  it("says each step once", () => {
    const { terminal: shown, written } = terminal(false);
    shown.progress("Lendo", 0.1);
    shown.progress("Lendo", 0.9);
    shown.progress("Publicando", null);
    shown.progress("Lendo", 1);
    expect(written).toEqual({ out: "", err: "Lendo\nPublicando\n" });
  });
});

it("does not pass on what would steer the terminal", () => {
  const { terminal: shown, written } = terminal(false);
  shown.print("nome\u001b[2J\u0007 com\ttab");
  shown.note("a\rb");
  expect(written).toEqual({ out: "nome[2J com\ttab\n", err: "ab\n" });
});

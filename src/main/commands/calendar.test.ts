import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../cli.ts";

/** The calendars, at instants that matter. */

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "market-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function carteiraAt(now: string, args: readonly string[], environment: Record<string, string> = {}) {
  const written = { out: "", err: "" };
  const exit = await run([...args, "--home", join(folder, "book")], {
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
    environment,
    workingFolder: folder,
    now: () => new Date(now),
    stop: new AbortController().signal,
  });
  return { exit, ...written };
}

describe("calendar", () => {
  const calendar = (now: string, ...args: string[]) => carteiraAt(now, ["calendar", ...args]);
  const json = async (now: string, ...args: string[]) => {
    const { exit, out } = await calendar(now, "--json", ...args);
    return { exit, value: JSON.parse(out) };
  };

  it("tells a session that is running, and the one after it", async () => {
    const { exit, out } = await calendar("2026-11-23T15:00:00Z");
    expect(exit).toBe(0);
    expect(out.split("\n").slice(0, 5)).toEqual([
      "✓ calendário da B3 e dos bancos: até 2027",
      "Hoje, 23/11/2026: pregão da B3, dia útil dos bancos",
      "Agora: aberto desde 10:00, até 18:00",
      "Próximo pregão: 24/11/2026, das 10:00 às 18:00 (horário de Brasília)",
      "Último pregão encerrado: 19/11/2026",
    ]);
    expect(out).toContain("2026: 14 dias de semana sem pregão");
    expect(out).toContain("  24/12/2026  sem pregão, bancos abertos\n");
    expect(out).toContain("  25/12/2026  sem pregão, bancos fechados\n");
    expect(out).toContain("  31/12/2026  sem pregão, bancos abertos\n");
    expect(out).toContain("  18/02/2026  pregão a partir de 13:00\n");
  });

  it("tells B3 from the banks on Christmas Eve, in English", async () => {
    const { out } = await calendar("2026-12-24T15:00:00Z", "--lang", "en");
    expect(out).toContain("Today, 2026-12-24: no session of B3, a bank day\nNow: closed\n");
    expect(out).toContain("Next session: 2026-12-28, from 10:00 to 18:00 (Brasília time)");
    expect(out).toContain("Last session that has ended: 2026-12-23");
  });

  it("opens late on Ash Wednesday, by the hours that are set", async () => {
    const { out } = await carteiraAt("2026-02-18T14:00:00Z", ["calendar"], {
      CARTEIRA_B3_HOURS: "10:00-17:00,12:00",
    });
    expect(out).toContain("abre mais tarde, às 12:00");
    expect(out).toContain("Próximo pregão: 18/02/2026, das 12:00 às 17:00");
  });

  it("gives the same to scripts", async () => {
    const { exit, value } = await json("2026-02-18T22:00:00Z", "--year", "2024");
    expect(exit).toBe(0);
    expect(value.calendar).toEqual({ through: 2027, status: "covered" });
    expect(value.today).toEqual({
      day: "2026-02-18",
      session: true,
      bankDay: true,
      lateOpen: true,
      open: false,
      hours: { opensAt: "2026-02-18T16:00:00.000Z", closesAt: "2026-02-18T21:00:00.000Z" },
      nextSession: {
        day: "2026-02-19",
        opensAt: "2026-02-19T13:00:00.000Z",
        closesAt: "2026-02-19T21:00:00.000Z",
      },
      lastSession: "2026-02-18",
    });
    expect(value.year).toMatchObject({
      year: 2024,
      sessions: 251,
      lateOpens: [{ day: "2024-02-14", opens: "13:00" }],
    });
    expect(value.year.daysWithoutSession.slice(-2)).toEqual([
      { day: "2024-12-25", bankDay: false },
      { day: "2024-12-31", bankDay: true },
    ]);
  });

  it("warns before the calendar ends, and fails once it has", async () => {
    const ending = await calendar("2027-11-01T15:00:00Z");
    expect(ending).toMatchObject({ exit: 0, out: expect.stringMatching(/^! .*termina em 2027/) });
    const last = await calendar("2027-12-30T22:00:00Z");
    expect(last).toMatchObject({ exit: 0, out: expect.stringContaining("falta o calendário de 2028") });
    expect(await calendar("2028-01-03T15:00:00Z")).toMatchObject({
      exit: 1,
      out: "✗ calendário da B3 e dos bancos: não cobre 2028; atualize o programa\n",
    });
    const { exit, value } = await json("2028-01-03T15:00:00Z", "--year", "2027");
    expect({ exit, ...value.calendar, today: value.today }).toEqual({
      exit: 1,
      through: 2027,
      status: "ended",
      today: null,
    });
    expect(value.year.year).toBe(2027);
  });

  it.each([
    [["--year", "2031"], "2000 … 2027"],
    [["--year", "agora"], "2000 … 2027"],
    [["hoje"], "hoje"],
  ])("%j is bad usage", async (args, sentence) => {
    const { exit, err } = await calendar("2026-11-23T15:00:00Z", ...args);
    expect(exit).toBe(2);
    expect(err).toContain(sentence);
  });
});

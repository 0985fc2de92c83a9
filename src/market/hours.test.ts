import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CalendarError } from "./calendar.ts";
import { INSTRUMENT_CLASSES, type InstrumentClass } from "./classes.ts";
import { clockAt, instantAt } from "./clock.ts";
import {
  DEFAULT_HOURS,
  isOpen,
  type Market,
  marketOf,
  nextSessionAt,
  openSince,
  sessionAt,
} from "./hours.ts";

const at = (instant: string) => new Date(instant);
const session = (now: string) => sessionAt(at(now), DEFAULT_HOURS);
const next = (now: string) => nextSessionAt(at(now), DEFAULT_HOURS);

describe("clocks", () => {
  it.each([
    ["2018-11-01", "America/Sao_Paulo", "2018-11-01T13:00:00.000Z"],
    // Brazil's last summer time began on 4 November 2018 and ended on 16 February 2019.
    ["2018-11-05", "America/Sao_Paulo", "2018-11-05T12:00:00.000Z"],
    ["2024-11-05", "America/Sao_Paulo", "2024-11-05T13:00:00.000Z"],
    ["2024-01-05", "America/New_York", "2024-01-05T15:00:00.000Z"],
    ["2024-07-05", "America/New_York", "2024-07-05T14:00:00.000Z"],
  ] as const)("show 10:00 on %s in %s at %s", (day, zone, instant) => {
    expect(instantAt({ day, time: "10:00", zone }).toISOString()).toBe(instant);
  });

  it("show the day and time that an instant was made of", () => {
    const instant = fc
      .date({ min: at("2000-01-01T00:00:00Z"), max: at("2027-12-31T00:00:00Z"), noInvalidDate: true })
      .map((date) => Math.floor(date.getTime() / 60_000) * 60_000);
    fc.assert(
      fc.property(
        instant,
        fc.constantFrom("America/Sao_Paulo" as const, "America/New_York" as const),
        (ms, zone) => {
          const shown = clockAt(new Date(ms), zone);
          const made = instantAt({ day: shown.day, time: shown.time.slice(0, 5), zone });
          expect(clockAt(made, zone)).toEqual(shown);
        },
      ),
    );
  });
});

describe("sessions of B3", () => {
  it("run from their opening until just before their close, by the clocks of the day", () => {
    expect(session("2024-11-05T12:59:59Z")).toBeNull();
    expect(session("2024-11-05T13:00:00Z")).toEqual({
      day: "2024-11-05",
      opensAt: at("2024-11-05T13:00:00Z"),
      closesAt: at("2024-11-05T21:00:00Z"),
    });
    expect(session("2024-11-05T20:59:59.999Z")?.day).toBe("2024-11-05");
    expect(session("2024-11-05T21:00:00Z")).toBeNull();
  });

  it("opened an hour of UTC earlier in Brazil's summer time", () => {
    expect(session("2018-11-01T12:30:00Z")).toBeNull();
    expect(session("2018-11-05T12:30:00Z")?.opensAt).toEqual(at("2018-11-05T12:00:00Z"));
    expect(session("2018-11-05T20:00:00Z")).toBeNull();
  });

  it.each(["2024-11-20T15:00:00Z", "2024-11-23T15:00:00Z", "2024-12-24T15:00:00Z", "2024-12-31T15:00:00Z"])(
    "do not run at %s, on a holiday or a weekend",
    (now) => expect(session(now)).toBeNull(),
  );

  it("open late on Ash Wednesday", () => {
    expect(session("2024-02-14T15:59:00Z")).toBeNull();
    expect(session("2024-02-14T16:00:00Z")?.closesAt).toEqual(at("2024-02-14T21:00:00Z"));
    expect(next("2024-02-09T21:00:00Z")).toMatchObject({
      day: "2024-02-14",
      opensAt: at("2024-02-14T16:00:00Z"),
    });
  });

  it("come next: today's before it opens, the one after it from then on", () => {
    expect(next("2024-11-05T12:59:00Z").day).toBe("2024-11-05");
    expect(next("2024-11-05T13:00:00Z").day).toBe("2024-11-06");
    expect(next("2024-12-23T22:00:00Z").day).toBe("2024-12-26");
    // It is still the 5th in São Paulo.
    expect(next("2024-11-06T02:00:00Z").day).toBe("2024-11-06");
  });

  it("keep the hours that the setting tells", () => {
    const hours = { open: "09:00", close: "17:00", lateOpen: "12:00" };
    expect(sessionAt(at("2024-11-05T12:00:00Z"), hours)?.closesAt).toEqual(at("2024-11-05T20:00:00Z"));
    expect(nextSessionAt(at("2024-02-14T10:00:00Z"), hours).opensAt).toEqual(at("2024-02-14T15:00:00Z"));
  });

  it("are unknown beyond the calendar", () => {
    expect(() => session("2028-01-03T15:00:00Z")).toThrow(CalendarError);
    expect(() => next("2027-12-30T22:00:00Z")).toThrow(CalendarError);
  });
});

describe("the market of a class", () => {
  const classes: readonly InstrumentClass[] = [...INSTRUMENT_CLASSES, "cambio", "indice", "desconhecida"];

  it("is where it has live prices, or none", () => {
    expect(Object.fromEntries(classes.map((name) => [name, marketOf(name, "BRL")]))).toMatchObject({
      acao: "b3",
      fii: "b3",
      etf: "b3",
      bdr: "b3",
      acao_exterior: null,
      tesouro: null,
      cdb: null,
      fundo: null,
      caixa: null,
      desconhecida: null,
      cripto: "always",
      cambio: "fx",
      indice: "b3",
    });
    expect(marketOf("acao_exterior", "USD")).toBe("us");
    expect(marketOf("indice", "USD")).toBe("us");
    expect(marketOf("indice", "EUR")).toBeNull();
  });
});

describe("a market that is open", () => {
  it.each<[Market, string, string | null]>([
    ["b3", "2024-11-05T15:00:00Z", "2024-11-05T13:00:00Z"],
    ["b3", "2024-11-05T22:00:00Z", null],
    // New York's clocks are an hour ahead from 10 March to 3 November 2024.
    ["us", "2024-07-05T13:29:59Z", null],
    ["us", "2024-07-05T13:30:00Z", "2024-07-05T13:30:00Z"],
    ["us", "2024-11-05T14:00:00Z", null],
    ["us", "2024-11-05T20:59:00Z", "2024-11-05T14:30:00Z"],
    ["us", "2024-11-05T21:00:00Z", null],
    ["us", "2024-11-09T16:00:00Z", null],
    ["fx", "2024-11-03T22:59:00Z", null],
    ["fx", "2024-11-03T23:00:00Z", "2024-11-03T23:00:00Z"],
    ["fx", "2024-11-06T03:00:00Z", "2024-11-03T23:00:00Z"],
    ["fx", "2024-11-08T21:59:00Z", "2024-11-03T23:00:00Z"],
    ["fx", "2024-11-08T22:00:00Z", null],
    ["fx", "2024-11-09T12:00:00Z", null],
    ["always", "2024-11-09T12:00:00Z", "2024-11-09T00:00:00Z"],
  ])("%s at %s has been so since %s", (market, now, since) => {
    expect(openSince(market, at(now), DEFAULT_HOURS)).toEqual(since === null ? null : at(since));
    expect(isOpen(market, at(now), DEFAULT_HOURS)).toBe(since !== null);
  });
});

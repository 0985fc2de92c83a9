import { describe, expect, it } from "vitest";
import { DialectCount, dialectOf } from "./dialect.ts";

const of = (text: string) => dialectOf(Buffer.from(text), 0, Buffer.byteLength(text));

describe("dialectOf", () => {
  it.each([
    ["1.234,56", "comma"],
    ["10,5", "comma"],
    ["0,125", "comma"],
    ["1234,567", "comma"],
    ["1.250.000", "comma"],
    ["R$ 20,45", "comma"],
    [",5", "comma"],
    ["1,234.56", "point"],
    ["10.5", "point"],
    ["0.125", "point"],
    ["1,250,000", "point"],
    ["-22.920000076293945", "point"],
    ["1250", null],
    ["1.250", null],
    ["1,250", null],
    ["", null],
    ["R$", null],
    ["1,2,3", null],
    ["1.2.3", null],
    [".", null],
  ])("%s -> %s", (text, dialect) => {
    expect(of(text)).toBe(dialect);
  });
});

describe("DialectCount", () => {
  const count = (...texts: string[]) => {
    const votes = new DialectCount();
    for (const text of texts) votes.add(Buffer.from(text), 0, Buffer.byteLength(text));
    return votes;
  };

  it("goes by the majority, whatever the delimiter", () => {
    expect(count("1,5", "2,5", "3.5").dialect(",")).toBe("comma");
    expect(count("1.5", "2.5", "3,5").dialect(";")).toBe("point");
  });

  it("goes by the delimiter where nothing decides", () => {
    expect(count("1.250", "100").dialect(";")).toBe("comma");
    expect(count("1.250", "100").dialect("\t")).toBe("comma");
    expect(count("1,250").dialect(",")).toBe("point");
  });
});

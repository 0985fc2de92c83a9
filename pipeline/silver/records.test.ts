import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DialectCount } from "./dialect.ts";
import { FIELD, FIELD_CR, FIELD_LF, NEED_MORE, RECORD_BYTES_MAX, RecordScanner } from "./records.ts";

interface Scanned {
  readonly rows: readonly (readonly string[])[];
  readonly bad: readonly string[];
}

/** Scans a text that arrives in pieces of `size` bytes, as a stream would. */
function scan(text: string, width: number, options: { delimiter?: string; size?: number } = {}): Scanned {
  const whole = Buffer.from(text);
  const size = options.size ?? whole.length;
  const out = Buffer.alloc(whole.length * 3 + 1000 + width * 1000);
  const bad: string[] = [];
  const scanner = new RecordScanner(
    {
      delimiter: (options.delimiter ?? ";").charCodeAt(0),
      width,
      numeric: new Uint8Array(width),
    },
    { line: 1, out, votes: new DialectCount(), onBad: ({ line, code }) => bad.push(`${line} ${code}`) },
  );
  let input = Buffer.alloc(0);
  for (let at = 0; at <= whole.length; at += size) {
    const final = at + size >= whole.length;
    input = Buffer.concat([input, whole.subarray(at, at + size)]);
    let from = 0;
    while (from < input.length) {
      const next = scanner.scan(input, from, final);
      if (next === NEED_MORE) break;
      from = next;
    }
    input = input.subarray(from);
    if (final) break;
  }
  const rows = out
    .subarray(0, scanner.at)
    .toString()
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split(String.fromCharCode(FIELD)).map(readBack));
  return { rows, bad };
}

const readBack = (field: string) =>
  field.replaceAll(String.fromCharCode(FIELD_LF), "\n").replaceAll(String.fromCharCode(FIELD_CR), "\r");

const quoteField = (field: string) => `"${field.replaceAll('"', '""')}"`;

/** Text without control characters and spaces at the ends, which framing is meant to change. */
const fieldText = fc
  .string({ unit: fc.constantFrom(..."abcÇã€😀12,.;\t\"' \n\r-") })
  .map((text) => text.replaceAll("\t", " ").replace(/^[ ]+|[ ]+$/g, ""))
  .filter((text) => text !== "-" && text.split(/\n|\r/).length < 50);

describe("RecordScanner", () => {
  it("gives back any fields, with their delimiters, quotes and line breaks, however the stream is cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fieldText, fieldText, fieldText), { maxLength: 8 }),
        fc.constantFrom(";", ",", "\t"),
        fc.constantFrom("\n", "\r\n"),
        fc.integer({ min: 1, max: 40 }),
        (records, delimiter, lineEnd, size) => {
          const text = records.map((record) => record.map(quoteField).join(delimiter)).join(lineEnd);
          const { rows, bad } = scan(text, 3, { delimiter, size });
          expect(bad).toEqual([]);
          expect(rows.map((row) => row.slice(1))).toEqual(
            records.filter((record) => record.some((field) => field !== "")),
          );
        },
      ),
    );
  });

  it("numbers records by the line they start on", () => {
    const { rows } = scan('a;"x\ny";c\n\n;;\nd;e;f\r\n"g\r\nh";i;j\nk;l;m', 3);
    expect(rows).toEqual([
      ["1", "a", "x\ny", "c"],
      ["5", "d", "e", "f"],
      ["6", "g\r\nh", "i", "j"],
      ["8", "k", "l", "m"],
    ]);
  });

  it("pads short records, trims cells, and turns a lone dash and odd spaces into nothing", () => {
    expect(scan("a\n  b ; - ;\u00a0c\u00a0\n-;- ;d\u0001e", 3).rows).toEqual([
      ["1", "a", "", ""],
      ["2", "b", "", "c"],
      ["3", "", "", "d e"],
    ]);
  });

  it("drops empty columns beyond the header and reports filled ones", () => {
    const { rows, bad } = scan("a;b;;;\na;b;c\n1;2", 2);
    expect(rows).toEqual([
      ["1", "a", "b"],
      ["3", "1", "2"],
    ]);
    expect(bad).toEqual(["2 record_columns"]);
  });

  it("loses one line, not the rest of the file, to a quote that never closes", () => {
    const { rows, bad } = scan('a;"b\nc;d\n"e";f\n', 2);
    expect(bad).toEqual(["1 record_quote"]);
    expect(rows).toEqual([
      ["2", "c", "d"],
      ["3", "e", "f"],
    ]);
  });

  it("takes a quote inside a field as it is", () => {
    expect(scan('a;5" tubo\n', 2).rows).toEqual([["1", "a", '5" tubo']]);
  });

  it("gives up on a field of a hundred lines and on a record of a megabyte", () => {
    expect(scan(`a;"${"x\n".repeat(150)}";b\nc;d;e`, 3).bad[0]).toBe("1 record_quote");
    const { rows, bad } = scan(`${"x".repeat(RECORD_BYTES_MAX + 1)};b\nc;d`, 2);
    expect(bad).toEqual(["1 record_too_long"]);
    expect(rows).toEqual([["2", "c", "d"]]);
  });
});

import { inflateSync } from "node:zlib";

/** What a reader of a PDF can select and copy, read from its bytes: enough of the format for what the press writes. */
export interface ReadPdf {
  /** One text a page, its words apart by single spaces, in the order they are drawn. */
  readonly pages: readonly string[];
  /** Title, language and such, as the document states them. */
  readonly about: Readonly<Record<string, string>>;
  readonly pictures: number;
  /** Whatever leads out of the document: links, scripts, files. */
  readonly leads: readonly string[];
}

interface PdfObject {
  readonly dictionary: string;
  readonly stream: string;
}

export function readPdf(bytes: Uint8Array): ReadPdf {
  const file = Buffer.from(bytes).toString("latin1");
  const objects = new Map<number, PdfObject>();
  for (const match of file.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, number = "", body = ""] = match;
    const at = body.indexOf("\nstream\n");
    const dictionary = at === -1 ? body : body.slice(0, at);
    const raw = at === -1 ? "" : body.slice(at + 8, body.lastIndexOf("\nendstream"));
    const packed = /\/Filter \/FlateDecode/.test(dictionary) && !/\/Image\b|\/Length1\b/.test(dictionary);
    const stream = packed ? inflateSync(Buffer.from(raw, "latin1")).toString("latin1") : raw;
    objects.set(Number(number), { dictionary, stream });
  }
  const refOf = (text: string, name: string) =>
    Number(new RegExp(`/${name} (\\d+) 0 R`).exec(text)?.[1] ?? 0);
  const fonts = new Map<string, ReadonlyMap<number, string>>();
  for (const { dictionary } of objects.values()) {
    for (const [, name = "", ref = ""] of dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const font = objects.get(Number(ref));
      if (font !== undefined)
        fonts.set(name, signsOf(objects.get(refOf(font.dictionary, "ToUnicode"))?.stream ?? ""));
    }
  }
  const pages = [...objects.values()]
    .filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary))
    .map(({ dictionary }) => textOf(objects.get(refOf(dictionary, "Contents"))?.stream ?? "", fonts));
  return {
    pages,
    about: aboutOf(objects),
    pictures: [...file.matchAll(/\/Subtype \/Image/g)].length,
    // Of what objects say of themselves: in a packed picture such letters may stand by chance.
    leads: [...objects.values()].flatMap(
      ({ dictionary }) =>
        dictionary.match(/\/(?:URI|JavaScript|JS|Launch|EmbeddedFile|GoToR|SubmitForm)\b/g) ?? [],
    ),
  };
}

/** Signs by their number in a font. */
function signsOf(map: string): ReadonlyMap<number, string> {
  const signs = new Map<number, string>();
  for (const [, first = "0", list = ""] of map.matchAll(/<([\da-f]+)> <[\da-f]+> \[([^\]]*)\]/gi)) {
    for (const [place, [, code = ""]] of [...list.matchAll(/<([\da-f ]*)>/gi)].entries()) {
      const units = code.split(" ").filter((part) => part !== "");
      signs.set(
        Number.parseInt(first, 16) + place,
        String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))),
      );
    }
  }
  return signs;
}

function textOf(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let font: ReadonlyMap<number, string> = new Map();
  const words: string[] = [];
  for (const match of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    const [, name, shown] = match;
    if (name !== undefined) font = fonts.get(name) ?? new Map();
    if (shown === undefined) continue;
    const codes = [...shown.matchAll(/<([\da-f]*)>/gi)].flatMap(([, hex = ""]) => hex.match(/.{4}/g) ?? []);
    words.push(codes.map((code) => font.get(Number.parseInt(code, 16)) ?? "�").join(""));
  }
  return words.join(" ").replace(/\s+/g, " ").trim();
}

const ABOUT =
  /\/(Title|Author|Subject|Creator|Producer|CreationDate|Lang) (?:(\d+) 0 R|(\((?:\\.|[^\\)])*\)))/gs;

/** The document's own statements stand in objects of their own, its language does not. */
function aboutOf(objects: ReadonlyMap<number, PdfObject>): Readonly<Record<string, string>> {
  const about: Record<string, string> = {};
  for (const { dictionary } of objects.values()) {
    if (/\/DisplayDocTitle true/.test(dictionary)) about["DisplayDocTitle"] = "true";
    for (const [, name = "", ref, stated] of dictionary.matchAll(ABOUT)) {
      about[name] = stringOf(stated ?? objects.get(Number(ref))?.dictionary ?? "");
    }
  }
  return about;
}

function stringOf(written: string): string {
  const plain = Buffer.from(written.replace(/^\(|\)$/g, "").replace(/\\(.)/gs, unescaped), "latin1");
  const wide = plain[0] === 0xfe && plain[1] === 0xff;
  return wide ? Buffer.from(plain.subarray(2)).swap16().toString("utf16le") : plain.toString("latin1");
}

function unescaped(_: string, sign: string): string {
  return ({ n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" } as Readonly<Record<string, string>>)[sign] ?? sign;
}

import { open } from "node:fs/promises";
import { join } from "node:path";
import { detectKind } from "../../src/contracts/kinds/detect.ts";
import type { ReasonLanguage } from "../../src/contracts/kinds/reasons.ts";
import { detectEncoding, readUtf8 } from "./decode.ts";
import { frameFile } from "./frame.ts";
import { findHeader } from "./header.ts";
import { headersOf, numberColumns, type Sender, unknownLayout } from "./layout.ts";
import { recogniseSeries } from "./series.ts";
import { FileRefused, type Recognised } from "./staged.ts";
import { recogniseWorkbook } from "./workbook.ts";

/** The header has to stand within this much of a file. */
const SAMPLE_BYTES = 256 * 1024;

/** Says what kind of file lies at `path`. Throws FileRefused where it is none that we take. */
export async function recognise(path: string, sender: Sender): Promise<Recognised> {
  const start = await firstBytes(path);
  if (start.length === 0) throw new FileRefused({ code: "file_empty" });
  if (start.subarray(0, 4).equals(Buffer.from("PK\u0003\u0004"))) return recogniseWorkbook(path, sender);
  refuseBinary(start, sender.language);
  if (/^(\ufeff)?\s*[[{]/.test(start.toString("utf8"))) return recogniseSeries(path, sender);
  return recogniseText(path, sender);
}

async function recogniseText(path: string, sender: Sender): Promise<Recognised> {
  const encoding = await detectEncoding(path);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of readUtf8(path, encoding)) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= SAMPLE_BYTES) break;
  }
  const header = findHeader(Buffer.concat(chunks).subarray(0, SAMPLE_BYTES).toString("utf8"));
  if (header === null) throw new FileRefused({ code: "file_empty" });
  const detected = detectKind(header.names, sender);
  if ("nearest" in detected) throw unknownLayout(detected.nearest, sender);
  const { kind, positions } = detected.layout;
  return {
    kind,
    async stage(folder, onProgress) {
      const stagedPath = join(folder, "staged");
      const badPath = join(folder, "bad");
      const numbers = numberColumns(kind);
      const numeric = positions.map((column) => column !== null && numbers.has(column));
      const request = { path, encoding, header, numeric, stagedPath, badPath };
      const framed = await frameFile(request, onProgress);
      return {
        ...framed,
        path: stagedPath,
        badPath,
        positions,
        headers: headersOf(header.names, positions),
        sheets: [],
        warnings: [],
      };
    },
  };
}

function refuseBinary(start: Buffer, language: ReasonLanguage): void {
  const utf16 =
    start.subarray(0, 2).equals(Buffer.from([0xff, 0xfe])) ||
    start.subarray(0, 2).equals(Buffer.from([0xfe, 0xff]));
  const oldExcel = start.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));
  if (oldExcel) {
    const detail =
      language === "pt"
        ? "é um .xls antigo ou protegido; salve como .xlsx ou CSV"
        : "an old or protected .xls; save it as .xlsx or CSV";
    throw new FileRefused({ code: "file_unreadable", detail });
  }
  if (!utf16 && start.includes(0)) {
    const detail = language === "pt" ? "não é texto nem .xlsx" : "neither text nor .xlsx";
    throw new FileRefused({ code: "file_unreadable", detail });
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

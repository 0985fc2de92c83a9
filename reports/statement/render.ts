import pdfmake from "pdfmake/js/index.js";
import { documentOf, pictureName } from "./document.ts";
import { fontToken, registerFonts } from "./fonts.ts";
import type { Sheet } from "./sheet.ts";

const FONT_FILES = { normal: "inter-regular", bold: "inter-strong" } as const;

let ready = false;

/** Sets the engine up: fonts of ours, and nothing from the network or the disk. */
function prepare(): void {
  if (ready) return;
  ready = true;
  registerFonts();
  pdfmake.virtualfs.writeFileSync(FONT_FILES.normal, fontToken("regular"));
  pdfmake.virtualfs.writeFileSync(FONT_FILES.bold, fontToken("strong"));
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
}

/**
 * A sheet as PDF. `pictures` are the PNGs of its charts, in their order. One at a time in a thread: the engine's files are
 * shared. The same sheet and pictures give the same bytes.
 */
export async function renderSheet(sheet: Sheet, pictures: readonly Uint8Array[]): Promise<Uint8Array> {
  prepare();
  for (const [place, picture] of pictures.entries())
    pdfmake.virtualfs.writeFileSync(
      pictureName(place),
      Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength),
    );
  // The engine keeps the descriptions of fonts that it has read: each document gets new ones.
  pdfmake.setFonts({ Inter: { ...FONT_FILES } });
  return await pdfmake.createPdf(documentOf(sheet)).getBuffer();
}

import { crc32, deflateSync } from "node:zlib";

/** Flat colours pack well at once: higher levels take twice as long for a tenth of the size. */
const DEFLATE_LEVEL = 3;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const TRUE_COLOUR = 2;

/**
 * Pixels (RGBA, a byte each, from the top left) as a PNG of three bytes a pixel: what the background has made opaque
 * anyhow. A PDF takes such a picture over as it is, where it would have to take one with transparency apart.
 */
export function opaquePng(pixels: Uint8Array, widthPx: number): Buffer {
  const heightPx = pixels.length / 4 / widthPx;
  if (!Number.isInteger(heightPx)) throw new RangeError("pixels do not fill whole rows");
  const rows = Buffer.alloc(heightPx * (1 + 3 * widthPx));
  let to = 0;
  for (let from = 0, row = 0; row < heightPx; row++) {
    to++; // the row's filter: none
    for (const end = from + 4 * widthPx; from < end; from += 4) {
      rows[to++] = pixels[from] ?? 0;
      rows[to++] = pixels[from + 1] ?? 0;
      rows[to++] = pixels[from + 2] ?? 0;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, TRUE_COLOUR, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: DEFLATE_LEVEL })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(named.length + 8);
  frame.writeUInt32BE(data.length, 0);
  frame.set(named, 4);
  frame.writeUInt32BE(crc32(named), named.length + 4);
  return frame;
}

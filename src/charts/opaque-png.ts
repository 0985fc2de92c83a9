import { crc32, deflateSync } from "node:zlib";

/** Flat colours pack well at once: higher levels take twice as long for a tenth of the size. */
const DEFLATE_LEVEL = 3;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const TRUE_COLOUR = 2;

/** Kept from picture to picture of one size: four megabytes each would be most of the work of clearing up. */
let kept = Buffer.alloc(0);

/**
 * Pixels (RGBA, a byte each, from the top left) as a PNG of three bytes a pixel: what the background has made opaque
 * anyhow. A PDF takes such a picture over as it is, where it would have to take one with transparency apart.
 * Throws RangeError where the pixels do not fill whole rows of a multiple of four.
 */
export function opaquePng(pixels: Uint8Array, widthPx: number): Buffer {
  const heightPx = pixels.length / 4 / widthPx;
  if (!Number.isInteger(heightPx) || widthPx % 4 !== 0) throw new RangeError("pixels do not fill whole rows");
  const rowBytes = 1 + 3 * widthPx;
  // The first byte of each row is its filter, and stays 0: none.
  if (kept.length !== heightPx * rowBytes) kept = Buffer.alloc(heightPx * rowBytes);
  const aligned = pixels.byteOffset % 4 === 0 ? pixels : new Uint8Array(pixels);
  const from = new Uint32Array(aligned.buffer, aligned.byteOffset, pixels.length / 4);
  const row = new Uint32Array((3 * widthPx) / 4);
  const bytes = new Uint8Array(row.buffer);
  for (let y = 0; y < heightPx; y++) {
    packRow(from, y * widthPx, row);
    kept.set(bytes, y * rowBytes + 1);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, TRUE_COLOUR, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(kept, { level: DEFLATE_LEVEL })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Four pixels of four bytes become three words: in the byte order of x64 and arm64, which is what this runs on. */
function packRow(from: Uint32Array, start: number, row: Uint32Array): void {
  for (let at = start, to = 0; to < row.length; at += 4, to += 3) {
    const a = from[at] ?? 0;
    const b = from[at + 1] ?? 0;
    const c = from[at + 2] ?? 0;
    const d = from[at + 3] ?? 0;
    row[to] = (a & 0xffffff) | (b << 24);
    row[to + 1] = ((b >>> 8) & 0xffff) | (c << 16);
    row[to + 2] = ((c >>> 16) & 0xff) | (d << 8);
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(named.length + 8);
  frame.writeUInt32BE(data.length, 0);
  frame.set(named, 4);
  frame.writeUInt32BE(crc32(named), named.length + 4);
  return frame;
}

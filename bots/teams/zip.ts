import { crc32 } from "node:zlib";

/** A file of an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly body: Uint8Array;
}

/** 1980-01-01, the first day that ZIP knows: the same files make the same archive. */
const FIRST_DAY = 0x0021;
/** Version 2.0, and names in UTF-8. */
const VERSION = 20;
const UTF8 = 0x0800;
const MAX_BYTES = 0xffff_ffff;

/**
 * A ZIP archive of files stored as they are (PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16): an app package
 * is a few kilobytes, of which its pictures are compressed already. Throws RangeError beyond 4 GB or 65,535 files.
 */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, body } of entries) {
    const bytes = Buffer.from(name, "utf8");
    const shared = sharedFields(body, bytes.length);
    const file = Buffer.concat([u32(0x04034b50), shared, bytes, body]);
    const record = [
      u32(0x02014b50),
      u16(VERSION),
      shared,
      u16(0),
      u16(0),
      u16(0),
      u32(0),
      u32(offset),
      bytes,
    ];
    files.push(file);
    directory.push(Buffer.concat(record));
    offset += file.length;
  }
  const list = Buffer.concat(directory);
  if (offset + list.length > MAX_BYTES || entries.length > 0xffff) throw new RangeError("too much for a ZIP");
  const count = u16(entries.length);
  const end = [u32(0x06054b50), u16(0), u16(0), count, count, u32(list.length), u32(offset), u16(0)];
  return Buffer.concat([...files, list, ...end]);
}

/** What the head of a file and its record in the directory have in common, from the version to the lengths. */
function sharedFields(body: Uint8Array, nameLength: number): Buffer {
  const size = u32(body.byteLength);
  const stored = u16(0);
  return Buffer.concat([
    u16(VERSION),
    u16(UTF8),
    stored,
    u16(0),
    u16(FIRST_DAY),
    u32(crc32(body)),
    size,
    size,
    u16(nameLength),
    u16(0),
  ]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

import { LakeError } from "./lake.ts";

/** Longest key and longest part of one that every store takes (S3: 1,024 bytes; file systems: 255 a name). */
const KEY_BYTES_MAX = 900;
const PART_BYTES_MAX = 240;

/**
 * Returns the key unchanged when it is safe under a folder and on S3: parts joined by `/`, none of them
 * empty, `.`, `..`, hidden, or with a character that a file system gives a meaning to.
 * Throws LakeError `unreadable` otherwise: a key is made by our own code, so this is never a user's mistake.
 */
export function safeKey(key: string): string {
  const parts = key.split("/");
  const safe =
    Buffer.byteLength(key) <= KEY_BYTES_MAX &&
    parts.every((part) => isSafePart(part) && Buffer.byteLength(part) <= PART_BYTES_MAX);
  if (!safe) throw new LakeError("unreadable", `not a key of the lake: ${JSON.stringify(key.slice(0, 200))}`);
  return key;
}

function isSafePart(part: string): boolean {
  if (part === "" || part.startsWith(".")) return false;
  for (const character of part) {
    if (character < " " || '\\:*?"<>|'.includes(character)) return false;
  }
  return true;
}

import { type Bucket, nonce, S3Objects } from "./s3-objects.ts";

/** A version that no text has. */
const NO_VERSION = `"${"0".repeat(32)}"`;

/**
 * Writes a small text under a name of its own, reads it, tries to overwrite it where a condition forbids it, and removes
 * it. False: the store takes no notice of conditions, and two services would overwrite each other's pointers. Throws LakeError.
 */
export async function keepsConditions(bucket: Bucket): Promise<boolean> {
  const objects = new S3Objects(bucket);
  // Under the pointers, which no list shows.
  const key = `.pointers/.probe/${nonce()}`;
  if (!(await objects.swap(key, "first", null))) return false;
  try {
    const first = await objects.text(key);
    const held = [
      !(await objects.swap(key, "second", null)),
      !(await objects.swap(key, "third", NO_VERSION)),
      first?.text === "first" && (await objects.swap(key, "fourth", first.version)),
    ];
    return held.every(Boolean) && (await objects.text(key))?.text === "fourth";
  } finally {
    await objects.remove(key);
  }
}

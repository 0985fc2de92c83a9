import { openS3Lake } from "../../src/lake/s3.ts";
import { openBucket } from "../../src/lake/s3-client.ts";

/** `node pointer-mover.testing.ts BUCKET COPIES TIMES`: counts a pointer up so many times, against whoever does so too. */
const [bucket = "", copies = "", times = "0"] = process.argv.slice(2);
const lake = await openS3Lake(openBucket({ bucket, kmsKeyId: null }), copies);
let lost = 0;
for (let moved = 0; moved < Number(times); ) {
  const found = await lake.readPointer("counter");
  const next = String(Number(found?.content ?? "0") + 1);
  if (await lake.movePointer("counter", next, found?.version ?? null)) moved += 1;
  else lost += 1;
}
process.stdout.write(`${lost}\n`);

import type { Config } from "../config.ts";
import { openDiskLake } from "../lake/disk.ts";
import type { Lake } from "../lake/lake.ts";
import { homePaths } from "./home.ts";

/** Opens the lake that the settings name: a folder of the home, or a bucket, whose library is loaded only then. */
export async function openLake({ home, lake }: Pick<Config, "home" | "lake">): Promise<Lake> {
  if (lake === null) return await openDiskLake(homePaths(home).lake);
  const [{ openBucket }, { openS3Lake }] = await Promise.all([
    import("../lake/s3-client.ts"),
    import("../lake/s3.ts"),
  ]);
  return await openS3Lake(openBucket(lake), homePaths(home).copies);
}

import { statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** Room that the temporary folders of all tests at once are sure to find. */
const ROOM_BYTES_MIN = 4e9;

/**
 * Where tests put their homes: in memory, where the system has such a folder with room. Every object of a lake is
 * flushed to the disk, which no test can see, and which the tests would spend much of their time on.
 */
function temporaryFolder(): string {
  const inMemory = "/dev/shm";
  try {
    const { bavail, bsize } = statfsSync(inMemory);
    return bavail * bsize >= ROOM_BYTES_MIN ? inMemory : tmpdir();
  } catch {
    // Linux alone has it.
    return tmpdir();
  }
}

const S3_TESTS = "test/peers/s3*.test.ts";
// Their judge of templates comes with the S3.
const INFRA_TESTS = "test/peers/infra.test.ts";
const GLUE_TESTS = "test/peers/glue*.test.ts";
const AWS_TESTS = "test/peers/aws*.test.ts";

const ENVIRONMENT = {
  TMPDIR: temporaryFolder(),
  // What the commands that tests start have compiled once.
  NODE_COMPILE_CACHE: join(tmpdir(), "carteira-tests-compiled"),
  // DuckDB takes as many threads as this says there are processors. There is a worker for each of them already, and
  // two threads over a few rows cost more than one.
  SLURM_CPUS_ON_NODE: "1",
};

export default defineConfig({
  test: {
    testTimeout: 30_000,
    env: ENVIRONMENT,
    // The files of a worker share its modules: loading them anew for each took as long as the tests of most rooms.
    isolate: false,
    // The default leaves one core idle, which on two cores is half of the machine. Tests wait about as long as they work.
    maxWorkers: "200%",
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "src/**/*.test.ts",
            "bots/**/*.test.ts",
            "pipeline/**/*.test.ts",
            "reports/**/*.test.ts",
            "infra/**/*.test.ts",
          ],
        },
      },
      { extends: true, test: { name: "whole", include: ["test/**/*.test.ts"], exclude: ["test/peers/**"] } },
      // The same tests of what is kept, over a PostgreSQL server that npm run test:peers starts.
      {
        extends: true,
        test: {
          name: "postgres",
          include: [
            "src/state/**/*.test.ts",
            "reports/delivery/**/*.test.ts",
            "reports/schedule/**/*.test.ts",
            // Gold on other engines than DuckDB: PostgreSQL behind what speaks as services of AWS do.
            "test/peers/engines/**/*.test.ts",
          ],
        },
      },
      // Needs more than Node and npm, so it is not part of npm test: npm run test:peers finds what it needs.
      {
        extends: true,
        test: {
          name: "peers",
          include: ["test/peers/**/*.test.ts"],
          exclude: [S3_TESTS, INFRA_TESTS, GLUE_TESTS, AWS_TESTS, "test/peers/engines/**"],
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
      // Needs an S3, and no browser.
      {
        extends: true,
        test: { name: "s3", include: [S3_TESTS, INFRA_TESTS], testTimeout: 120_000, hookTimeout: 120_000 },
      },
      // Needs Spark, which takes the whole machine: its tests come after all others, one file at a time.
      {
        extends: true,
        test: { name: "glue", include: [GLUE_TESTS], sequence: { groupOrder: 1 }, maxWorkers: 1 },
      },
      // Needs an S3, PostgreSQL and Spark.
      {
        extends: true,
        test: { name: "aws", include: [AWS_TESTS], sequence: { groupOrder: 1 }, maxWorkers: 1 },
      },
    ],
  },
});

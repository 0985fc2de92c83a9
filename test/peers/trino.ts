import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { install as npmInstall } from "./packages.ts";
import { startPostgres } from "./postgres.ts";

/**
 * `npm run test:trino`: every query of the catalogue on Trino, the engine behind Athena, over the Parquet files of a run as its hive
 * connector reads them. Trino comes from Maven Central (half a gigabyte); it needs Maven, and Java 24 or newer. It listens
 * on 127.0.0.1 and keeps nothing.
 */

const VERSION = "476";
const JAVA_MIN = 24;
const PORT = 18_476;
const ORIGIN = `http://127.0.0.1:${PORT}`;
const STEP_TIMEOUT_MS = 15 * 60_000;
const START_TRIES = 120;
const VITEST = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));
const JVMS = "/usr/lib/jvm";
const JVM_OPTIONS = [
  "-Xmx3G",
  "-Djdk.attach.allowAttachSelf=true",
  "-Dfile.encoding=UTF-8",
  "--enable-native-access=ALL-UNNAMED",
  "--sun-misc-unsafe-memory-access=allow",
];

const say = (text: string) => process.stderr.write(`${text}\n`);

/** The home of a Java that Trino runs on; null where there is none. */
function findJava(): string | null {
  const homes = [
    ...(process.env["JAVA_HOME"] === undefined ? [] : [process.env["JAVA_HOME"]]),
    ...(existsSync(JVMS) ? readdirSync(JVMS).map((name) => join(JVMS, name)) : []),
  ];
  const versionOf = (home: string): number => {
    const { stderr } = spawnSync(join(home, "bin", "java"), ["-version"], { encoding: "utf8" });
    return Number(/version "(\d+)/.exec(stderr ?? "")?.[1] ?? 0);
  };
  return homes.find((home) => versionOf(home) >= JAVA_MIN) ?? null;
}

function runs(program: string, args: readonly string[], cwd?: string): boolean {
  const { status, error } = spawnSync(program, args, {
    stdio: ["ignore", process.stderr, process.stderr],
    timeout: STEP_TIMEOUT_MS,
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (status !== 0) say(`${program} ${args[0]} failed (${error?.message ?? `exit code ${status}`}).`);
  return status === 0;
}

/** Brings Trino and its hive connector into a folder; null where that fails. */
function install(folder: string, java: string): string | null {
  const fetched = [`trino-server-core:${VERSION}:tar.gz`, `trino-hive:${VERSION}:zip`].every((artifact) =>
    runs("mvn", [
      "--batch-mode",
      "--quiet",
      "dependency:copy",
      `-Dartifact=io.trino:${artifact}`,
      `-DoutputDirectory=${folder}`,
    ]),
  );
  const server = join(folder, `trino-server-core-${VERSION}`);
  const plugins = join(server, "plugin");
  if (!fetched || !runs("tar", ["-xzf", join(folder, `trino-server-core-${VERSION}.tar.gz`), "-C", folder])) {
    return null;
  }
  mkdirSync(plugins, { recursive: true });
  return runs(join(java, "bin", "jar"), ["xf", join(folder, `trino-hive-${VERSION}.zip`)], plugins)
    ? server
    : null;
}

/** Writes how it is set up. The folder of the connector's is the lake. */
function setUp(server: string, lake: string): void {
  const etc = join(server, "etc");
  mkdirSync(join(etc, "catalog"), { recursive: true });
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(join(etc, name), `${lines.join("\n")}\n`);
  write("config.properties", [
    "coordinator=true",
    "node-scheduler.include-coordinator=true",
    `http-server.http.port=${PORT}`,
    `discovery.uri=${ORIGIN}`,
    "node.environment=test",
  ]);
  write("catalog/hive.properties", [
    "connector.name=hive",
    "hive.metastore=file",
    "hive.metastore.catalog.dir=local:///metastore",
    "fs.native-local.enabled=true",
    `local.location=${lake}`,
    "hive.partition-projection-enabled=true",
    "hive.non-managed-table-writes-enabled=true",
    // As in Athena, a run of which nothing lies there has no rows.
    "hive.ignore-absent-partitions=true",
  ]);
}

async function isReady(): Promise<boolean> {
  try {
    const info = (await (await fetch(`${ORIGIN}/v1/info`)).json()) as { readonly starting?: boolean };
    return info.starting === false;
  } catch {
    // Nobody listens there yet.
    return false;
  }
}

async function run(folder: string): Promise<number> {
  chmodSync(folder, 0o755);
  const java = findJava();
  if (java === null) {
    say(`Trino needs Java ${JAVA_MIN} or newer: set JAVA_HOME to one.`);
    return 1;
  }
  const server = install(folder, java);
  const postgres = startPostgres(folder, npmInstall, say);
  if (server === null || postgres === null) return 1;
  const lake = join(folder, "lake");
  mkdirSync(lake);
  setUp(server, lake);
  const child = spawn(
    join(java, "bin", "java"),
    [
      ...JVM_OPTIONS,
      `-Dconfig=${join(server, "etc", "config.properties")}`,
      `-Dnode.data-dir=${join(folder, "data")}`,
      "-cp",
      join(server, "lib", "*"),
      "io.trino.server.TrinoServer",
    ],
    { cwd: server, stdio: "ignore" },
  );
  try {
    for (let tries = 0; !(await isReady()); tries++) {
      if (tries === START_TRIES || child.exitCode !== null) {
        say("Trino did not start.");
        return 1;
      }
      await pause(1_000);
    }
    const { status } = spawnSync(
      process.execPath,
      [VITEST, "run", "--project", "postgres", "test/peers/engines/parity.test.ts", ...process.argv.slice(2)],
      {
        stdio: ["ignore", "inherit", "inherit"],
        env: {
          ...process.env,
          CARTEIRA_TEST_POSTGRES: postgres.url,
          CARTEIRA_TEST_TRINO: ORIGIN,
          CARTEIRA_TEST_TRINO_LAKE: lake,
        },
        timeout: STEP_TIMEOUT_MS,
      },
    );
    return status ?? 1;
  } finally {
    child.kill();
    postgres.stop();
  }
}

const folder = mkdtempSync(join(tmpdir(), "carteira-trino-"));
try {
  process.exitCode = await run(folder);
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

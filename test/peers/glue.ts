import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { ALONE, canBeAlone } from "./alone.ts";

/**
 * `npm run test:glue`: the Spark job against the embedded engine. Its peer is Spark itself in the version of Glue 5.1, which
 * PyPI brings into a folder that is removed afterwards; it needs Python 3.11 with venv, and Java 17. With
 * CARTEIRA_GLUE_PYTHON a Python that has it already is taken. The tests run in a network of their own.
 */

const PYSPARK = "pyspark==3.5.6";
const PYTHON = "python3.11";
const JAVA = "java";
const JAVA_MIN = 17;
const INSTALL_TIMEOUT_MS = 15 * 60_000;
const TESTS_TIMEOUT_MS = 45 * 60_000;
const VITEST = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));

const say = (text: string) => process.stderr.write(`${text}\n`);

/** Whether a Java that Spark runs on is on PATH. */
function hasJava(): boolean {
  const { stderr } = spawnSync(JAVA, ["-version"], { encoding: "utf8", timeout: 30_000 });
  const version = Number(/version "(\d+)/.exec(stderr ?? "")?.[1] ?? 0);
  return version >= JAVA_MIN;
}

/** A Python with Spark; null where it cannot be had, and why is said. */
function findPython(folder: string): string | null {
  const chosen = process.env["CARTEIRA_GLUE_PYTHON"] ?? "";
  if (chosen !== "") return chosen;
  const home = join(folder, "python");
  const python = join(home, "bin", "python");
  const steps: readonly (readonly [string, ...string[]])[] = [
    [PYTHON, "-m", "venv", home],
    [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PYSPARK],
  ];
  for (const [program, ...args] of steps) {
    const { status, error } = spawnSync(program, args, {
      stdio: ["ignore", process.stderr, process.stderr],
      timeout: INSTALL_TIMEOUT_MS,
    });
    if (status === 0) continue;
    say(`${program} ${args.join(" ")} failed (${error?.message ?? `exit code ${status}`}).`);
    say(`The test needs ${PYTHON} with venv (Debian: python3.11-venv) and PyPI for ${PYSPARK}.`);
    return null;
  }
  return python;
}

function run(folder: string): number {
  if (!hasJava()) {
    say(`The test needs Java ${JAVA_MIN} on PATH (Debian: openjdk-17-jre-headless).`);
    return 1;
  }
  const python = findPython(folder);
  if (python === null) return 1;
  const alone = canBeAlone();
  if (!alone)
    say("No network of its own can be had here (unshare, ip): Spark runs in this one, on loopback.");
  const tests = [process.execPath, VITEST, "run", "--project", "peers", "test/peers/glue.test.ts"];
  const [program = process.execPath, ...args] = alone ? [...ALONE, ...tests] : tests;
  const { status, error } = spawnSync(program, [...args, ...process.argv.slice(2)], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, CARTEIRA_GLUE_PYTHON: python },
    timeout: TESTS_TIMEOUT_MS,
  });
  if (error !== undefined) say(`The tests did not end well: ${error.message}.`);
  return status ?? 1;
}

const folder = mkdtempSync(join(tmpdir(), "carteira-glue-"));
try {
  process.exitCode = run(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

/**
 * Spark in the version of Glue 5.1, from PyPI in a virtual environment of its own. It runs on Python 3.8 to 3.11 and on Java 17
 * or newer.
 */

const PYSPARK = "pyspark==3.5.6";
/** Glue's own first. */
const PYTHONS = ["python3.11", "python3.10", "python3.9", "python3"];
const JAVA_MIN = 17;
const INSTALL_TIMEOUT_MS = 15 * 60_000;

/** A Python with Spark; null where it cannot be had, and why is said. */
export function findGluePeer(
  folder: string,
  installDebian: ((packages: readonly string[]) => void) | null,
  say: (text: string) => void,
): string | null {
  if (!hasJava() && installDebian !== null) installDebian(["openjdk-17-jre-headless"]);
  if (!hasJava()) {
    say(
      `Skipped: the Glue job (test/peers/glue*.test.ts, test/peers/aws*.test.ts), which needs Java ${JAVA_MIN}.`,
    );
    return null;
  }
  const chosen = process.env["CARTEIRA_GLUE_PYTHON"] ?? "";
  if (chosen !== "") return chosen;
  const python = join(folder, "bin", "python");
  const made = PYTHONS.some((name) => runs(name, ["-m", "venv", "--clear", folder]));
  if (!made && installDebian !== null) {
    installDebian(["python3", "python3-venv"]);
    runs("python3", ["-m", "venv", "--clear", folder]);
  }
  const quietly = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  if (existsSync(python) && runs(python, [...quietly, PYSPARK])) return python;
  say(
    `Skipped: the Glue job (test/peers/glue*.test.ts, test/peers/aws*.test.ts), since pip could not install ${PYSPARK}.`,
  );
  say("Install Python 3.11 with venv, or set CARTEIRA_GLUE_PYTHON to a Python that has it, to run them.");
  return null;
}

/** Whether a Java that Spark runs on is on PATH. */
function hasJava(): boolean {
  const { stderr } = spawnSync("java", ["-version"], { encoding: "utf8", timeout: 30_000 });
  return Number(/version "(\d+)/.exec(stderr ?? "")?.[1] ?? 0) >= JAVA_MIN;
}

function runs(program: string, args: readonly string[]): boolean {
  const { status } = spawnSync(program, args, {
    stdio: ["ignore", process.stderr, process.stderr],
    timeout: INSTALL_TIMEOUT_MS,
  });
  return status === 0;
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import process from "node:process";
import { fileURLToPath } from "node:url";

const GLUE_FOLDER = fileURLToPath(new URL("../../pipeline/glue", import.meta.url));

/** Small on purpose: a test's book needs no more, and the machine has other work. */
const SUBMIT = [
  "--master local[2]",
  "--driver-memory 1g",
  "--conf spark.ui.enabled=false",
  "--conf spark.driver.host=127.0.0.1",
  "--conf spark.driver.bindAddress=127.0.0.1",
  "--conf spark.sql.shuffle.partitions=2",
  "--driver-java-options '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'",
  // Of so few rows most of the time goes into planning and compiling.
  "--conf spark.sql.adaptive.enabled=false",
  "--conf spark.sql.codegen.wholeStage=false",
  "pyspark-shell",
].join(" ");

/** Runs a Python file with Spark and the job's packages to its end. Throws with the end of what it said if it fails. */
export async function runSpark(
  python: string,
  script: string,
  given: { readonly args: readonly string[]; readonly stdin?: string },
): Promise<void> {
  const job = spawn(python, [script, ...given.args], {
    // Spark leaves folders where it stands.
    cwd: tmpdir(),
    env: {
      ...process.env,
      PYSPARK_PYTHON: python,
      PYSPARK_SUBMIT_ARGS: SUBMIT,
      PYTHONPATH: GLUE_FOLDER,
      PYTHONDONTWRITEBYTECODE: "1",
      SPARK_LOCAL_IP: "127.0.0.1",
      // A zone that is not the job's own shows whether it pins one.
      TZ: "America/Sao_Paulo",
    },
    stdio: ["pipe", "ignore", "pipe"],
  });
  job.stdin.end(given.stdin ?? "");
  let said = "";
  job.stderr.on("data", (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-20_000);
  });
  const [code] = (await once(job, "close")) as [number | null];
  if (code !== 0) throw new Error(`the Spark job ended with ${code}:\n${said}`);
}

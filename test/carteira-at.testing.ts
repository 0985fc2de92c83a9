import { run } from "../src/main/cli.ts";

/**
 * The command line as a process of its own on a given day: `node carteira-at.testing.ts INSTANT COMMAND …`. Its clock begins at the
 * instant and goes on as clocks do; all else is the program's.
 */
const [instant = "", ...argv] = process.argv.slice(2);
const aheadMs = Date.parse(instant) - Date.now();
process.exitCode = await run(argv, {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  workingFolder: process.cwd(),
  now: () => new Date(Date.now() + aheadMs),
  stop: new AbortController().signal,
});

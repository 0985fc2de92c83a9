import process from "node:process";
import { createInterface } from "node:readline";

/**
 * A Lambda as a process of its own, without AWS's runtime: each line of standard input is an event for the function that the
 * arguments name (a module and what it exports), and each is answered by one line, `RESULT` or `ERROR`. What the function logs
 * goes to standard output as it does there.
 */

type Handler = (event: unknown, context: object) => Promise<unknown>;

const [module = "", name = ""] = process.argv.slice(2);
const { [name]: handler } = (await import(module)) as Readonly<Record<string, Handler>>;
if (handler === undefined) throw new Error(`${module} exports no ${name}`);

for await (const line of createInterface({ input: process.stdin })) {
  try {
    const result = await handler(JSON.parse(line), {
      awsRequestId: "local",
      getRemainingTimeInMillis: () => 600_000,
    });
    process.stdout.write(`RESULT ${JSON.stringify(result ?? null)}\n`);
  } catch (error) {
    process.stdout.write(`ERROR ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
// A Lambda is frozen between two events and never told to end: what it keeps open must not keep this process.
process.exit(0);

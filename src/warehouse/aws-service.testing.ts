import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A loopback server that speaks the JSON protocol of AWS (1.1), for services that no machine but AWS's runs. */

/** What an operation answers with instead of a result: the service's name for it. */
export class AwsFault extends Error {
  constructor(name: string, message = "") {
    super(message);
    this.name = name;
  }
}

interface AwsCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface AwsService {
  /** What a client of the SDK is made with to speak to it: one attempt a call. */
  readonly connection: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
  };
  /** All calls so far. */
  readonly calls: readonly AwsCall[];
  /** The next calls of this operation fail with these faults, one each. */
  failNext(operation: string, ...faults: readonly string[]): void;
  close(): Promise<void>;
}

type Operation = (input: never) => Promise<object>;

/** Serves operations by their names. */
export async function serveAws(operations: Readonly<Record<string, Operation>>): Promise<AwsService> {
  const calls: AwsCall[] = [];
  const faults = new Map<string, string[]>();
  const act = async (request: IncomingMessage): Promise<object> => {
    const operation = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
    const input = JSON.parse(await textOf(request)) as AwsCall["input"];
    calls.push({ operation, input });
    const fault = faults.get(operation)?.shift();
    if (fault !== undefined) throw new AwsFault(fault, `about ${JSON.stringify(input)}`);
    const known = operations[operation];
    if (known === undefined) throw new AwsFault("UnknownOperationException");
    return await known(input as never);
  };
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) => {
      response.writeHead(status, {
        "content-type": "application/x-amz-json-1.1",
        "x-amzn-requestid": "request-1",
      });
      response.end(JSON.stringify(body));
    };
    act(request).then(
      (body) => answer(200, body),
      (error: Error) => answer(400, { __type: error.name, message: error.message }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    connection: {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: "sa-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    },
    calls,
    failNext: (operation, ...names) => void faults.set(operation, [...names]),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** A result as an engine of a test gives it: types as PostgreSQL calls them, values as texts. */
export interface EngineResult {
  readonly columns: readonly { readonly name: string; readonly type: EngineType }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export type EngineType = "varchar" | "text" | "int8" | "int4" | "numeric" | "date" | "timestamp" | "bool";

/** Runs SQL in which `$1`, `$2`, … stand for these values. */
export type Engine = (sql: string, values: readonly string[]) => Promise<EngineResult>;

/** Writes other words for what `token` finds outside of text literals. */
export function outsideTexts(sql: string, token: RegExp, write: (found: RegExpExecArray) => string): string {
  return sql.replaceAll(/'(?:[^']|'')*'|[^']+/g, (part) =>
    part.startsWith("'")
      ? part
      : part.replaceAll(token, (found) => write(new RegExp(token.source).exec(found) as RegExpExecArray)),
  );
}

import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";

/** What happens to a request: it goes on to S3, it is answered with one of S3's errors, or what comes back is damaged. */
export type Fault =
  | "none"
  | { readonly status: number; readonly code: string }
  /** Half of the body arrives, and the connection is lost. */
  | "cut"
  /** One byte of the body is another. */
  | "changed"
  /** S3 does what was asked, and nobody hears of it. */
  | "unheard";

export interface FaultyS3 {
  readonly endpoint: string;
  /** Says what happens to each request from now on. */
  set(faultOf: (method: string, path: string) => Fault): void;
  /** How many requests a fault met since it was set. */
  readonly met: number;
  stop(): Promise<void>;
}

interface Habits {
  /** Headers that never arrive. */
  readonly forgets?: readonly string[];
  /** The first byte of each body that is sent becomes another. */
  readonly altersBodies?: boolean;
}

/** Stands before an S3 that does all right, and makes happen what a network does, by chance or always. */
export async function startFaultyS3(
  behind: string,
  { forgets = [], altersBodies = false }: Habits = {},
): Promise<FaultyS3> {
  let faultOf: (method: string, path: string) => Fault = () => "none";
  let met = 0;
  const server = createServer((incoming, outgoing) => {
    const fault = faultOf(incoming.method ?? "", incoming.url ?? "");
    if (fault !== "none") met += 1;
    for (const header of forgets) delete incoming.headers[header];
    pass({ behind, fault, altersBodies }, incoming, outgoing).catch(() => outgoing.destroy());
  });
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await listening;
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    set(next) {
      faultOf = next;
      met = 0;
    },
    get met() {
      return met;
    },
    async stop() {
      const { promise: closed, resolve: done } = Promise.withResolvers<void>();
      server.close(() => done());
      server.closeAllConnections();
      await closed;
    },
  };
}

async function pass(
  way: { readonly behind: string; readonly fault: Fault; readonly altersBodies: boolean },
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { behind, fault } = way;
  const sent = await buffer(incoming);
  if (way.altersBodies && sent[0] !== undefined) sent[0] ^= 1;
  if (typeof fault === "object") {
    const body = `<?xml version="1.0"?><Error><Code>${fault.code}</Code><Message>${fault.code}</Message></Error>`;
    outgoing.writeHead(fault.status, { "content-type": "application/xml" });
    outgoing.end(incoming.method === "HEAD" ? undefined : body);
    return;
  }
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const { method, headers, url } = incoming;
  request(`${behind}${url}`, { method, headers }, resolve).on("error", reject).end(sent);
  const answer = await promise;
  const body = await buffer(answer);
  if (fault === "unheard") {
    outgoing.destroy();
    return;
  }
  const { "transfer-encoding": _, ...kept } = answer.headers;
  // A client that is told the wrong length would see no more than that.
  outgoing.writeHead(answer.statusCode ?? 500, {
    ...kept,
    ...(method === "HEAD" ? {} : { "content-length": body.length }),
  });
  if (fault === "cut" && body.length > 1) {
    outgoing.write(body.subarray(0, body.length >> 1), () => outgoing.destroy());
    return;
  }
  if (fault === "changed" && body[0] !== undefined) body[0] ^= 1;
  outgoing.end(body);
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Request, Response } from "botbuilder";
import { TeamsError } from "./deps.ts";

/** Activities are small; files travel beside them. */
const MAX_BODY_BYTES = 1_048_576;
const REQUEST_TIMEOUT_MS = 30_000;
const PATH = "/api/messages";
const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/i;

export type Take = (
  request: Request & { body: Record<string, unknown> },
  response: Response,
) => Promise<void>;

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the one address that Teams posts to. With `loopback` it is reached from this machine only and by programs
 * only: no page of another site gets through. Throws TeamsError where the port cannot be had.
 */
export async function listen(take: Take, port: number, loopback: boolean): Promise<Listening> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    receive(request, response, take, loopback).catch(() => {
      // The logic reports its own failures; what is left is a connection that broke.
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const bound = await bind(server, port, loopback ? "127.0.0.1" : undefined);
  return {
    url: `http://${loopback ? "127.0.0.1" : "localhost"}:${bound}${PATH}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  take: Take,
  loopback: boolean,
): Promise<void> {
  const refuse = (status: number) => void response.writeHead(status, { connection: "close" }).end();
  if (URL.parse(request.url ?? "", "http://localhost")?.pathname !== PATH) return refuse(404);
  if (request.method !== "POST") return refuse(405);
  if (loopback && !LOOPBACK_HOST.test(request.headers.host ?? "")) return refuse(421);
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) return refuse(415);
  const body = await readBody(request);
  if (body === "too_large") return refuse(413);
  if (body === "broken") return refuse(400);
  await take({ body, headers: request.headers, method: "POST" }, shim(response));
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown> | "too_large" | "broken"> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) return "too_large";
    chunks.push(bytes);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    if (typeof value !== "object" || value === null || Array.isArray(value)) return "broken";
    return { ...value };
  } catch {
    return "broken";
  }
}

/** The answer as the adapter writes it, which was made for Express. */
function shim(response: ServerResponse): Response {
  return {
    socket: response.socket,
    status(code: number) {
      response.statusCode = code;
    },
    header(name: string, value: unknown) {
      response.setHeader(name, String(value));
    },
    send(body: unknown) {
      const json = typeof body !== "string";
      response.setHeader(
        "content-type",
        json ? "application/json; charset=utf-8" : "text/plain; charset=utf-8",
      );
      response.write(json ? JSON.stringify(body) : body);
    },
    end() {
      response.end();
    },
  };
}

function bind(server: Server, port: number, host: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(refusal(error, port)));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function refusal(error: NodeJS.ErrnoException, port: number): Error {
  switch (error.code) {
    case "EADDRINUSE":
      return new TeamsError(
        "port_taken",
        `Port ${port} is already in use. Choose another with TEAMS_PORT.`,
        error,
      );
    case "EACCES":
      return new TeamsError("port_refused", `Port ${port} may not be opened by this user.`, error);
    default:
      return error;
  }
}

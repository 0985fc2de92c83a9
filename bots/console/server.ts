import { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { createApp } from "./app.ts";
import { loadAssets } from "./assets.ts";
import type { ConsoleDeps } from "./deps.ts";

export type { ConsoleDeps } from "./deps.ts";

/** Only this machine reaches it: there is no sign-in, whoever opens the page may speak as any broker. */
const LOOPBACK = "127.0.0.1";

export class ConsoleError extends Error {
  readonly code: "port_taken" | "port_refused";
  constructor(code: "port_taken" | "port_refused", message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

export interface Console {
  /** Serves on a port of 127.0.0.1 (0: a free one). Throws ConsoleError where the port cannot be had. */
  listen(port: number): Promise<{ readonly url: string; close(): Promise<void> }>;
}

/**
 * The local web chat.
 * @example
 * const { url, close } = await createConsole({ conversation, brokers, demo: false, draw, logger }).listen(3000);
 */
export function createConsole(deps: ConsoleDeps): Console {
  return {
    async listen(port) {
      const app = createApp(deps, await loadAssets());
      const server = createAdaptorServer({ fetch: app.fetch });
      if (!(server instanceof Server)) throw new Error("the adaptor made no HTTP/1.1 server");
      return { url: `http://localhost:${await bind(server, port)}`, close: () => close(server) };
    },
  };
}

/** Opens the port and returns it, or the free one that was found for 0. */
function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(refusal(error, port)));
    server.listen(port, LOOPBACK, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function refusal(error: NodeJS.ErrnoException, port: number): Error {
  const other = `Choose another one with PORT, as in PORT=${port + 1} npm start.`;
  switch (error.code) {
    case "EADDRINUSE":
      return new ConsoleError("port_taken", `Port ${port} is already in use. ${other}`, error);
    case "EACCES":
      return new ConsoleError("port_refused", `Port ${port} may not be opened by this user. ${other}`, error);
    default:
      return error;
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    // Streams of answers under way would hold the server open.
    server.closeAllConnections();
  });
}

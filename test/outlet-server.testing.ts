import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** How often a channel misbehaves, as shares of the requests. */
interface Misbehaviour {
  /** Refuses with 503, having accepted nothing. */
  readonly fails: number;
  /** Asks to wait, having accepted nothing. */
  readonly limits: number;
  /** Accepts, and never answers. */
  readonly losesAnswer: number;
}

interface AcceptedPart {
  readonly key: string;
  readonly part: number;
  readonly count: number;
  /** Whether an acceptance of it went unanswered. */
  readonly unanswered: boolean;
}

/** A channel over HTTP on this machine that counts what it accepts, as a real one would show it to its users. */
export class OutletServer {
  readonly #accepted = new Map<string, { key: string; part: number; count: number; unanswered: boolean }>();
  readonly #server = createServer((request, response) => {
    this.#take(request, response).catch(() => response.destroy());
  });
  readonly #random: () => number;
  readonly #shares: Misbehaviour;
  readonly answers = { confirmed: 0, failed: 0, limited: 0, unanswered: 0, looks: 0 };

  constructor(shares: Misbehaviour, random: () => number) {
    this.#shares = shares;
    this.#random = random;
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get accepted(): readonly AcceptedPart[] {
    return [...this.#accepted.values()];
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { key, part, look } = JSON.parse(await text(request)) as {
      key: string;
      part: number;
      look?: boolean;
    };
    const id = `${key} ${part}`;
    if (look === true) {
      this.answers.looks += 1;
      const found = this.#accepted.has(id);
      response.end(JSON.stringify({ remoteId: found ? id : null }));
      return;
    }
    const { fails, limits, losesAnswer } = this.#shares;
    const roll = this.#random();
    if (roll < fails) {
      this.answers.failed += 1;
      response.writeHead(503).end();
    } else if (roll < fails + limits) {
      this.answers.limited += 1;
      response.writeHead(429, { "retry-after": "0.1" }).end();
    } else {
      const known = this.#accepted.get(id) ?? { key, part, count: 0, unanswered: false };
      const silent = roll < fails + limits + losesAnswer;
      this.#accepted.set(id, {
        ...known,
        count: known.count + 1,
        unanswered: known.unanswered || silent,
      });
      if (silent) this.answers.unanswered += 1;
      else {
        this.answers.confirmed += 1;
        response.end(JSON.stringify({ remoteId: id }));
      }
    }
  }
}

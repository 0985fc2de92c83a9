import { Worker } from "node:worker_threads";
import type { Sheet } from "./sheet.ts";

/** What the thread is sent, and what it sends back. */
export interface PressTask {
  readonly id: number;
  readonly sheet: Sheet;
  readonly pictures: readonly Uint8Array[];
}

export type PressAnswer =
  | { readonly id: number; readonly pdf: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly message: string };

/** Why a report was not set: too many wait, its thread died, it cannot be laid out, or the press is closed. */
class PressError extends Error {
  readonly code: "busy" | "thread_lost" | "not_set" | "closed";
  constructor(code: PressError["code"], cause?: unknown) {
    super(`press ${code}`, { cause });
    this.code = code;
  }
}

/** Some seconds of work; who comes after them is asked to try again. */
const WAITING_MAX = 64;

interface Waiting {
  readonly task: PressTask;
  readonly resolve: (pdf: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Sets reports as PDF in a thread of its own, one after the other: laying one out takes tens of milliseconds in which nobody else
 * would be answered. The thread starts with the first report; one that dies is replaced, and only its report is lost.
 */
export class Press {
  #worker: Worker | null = null;
  #setting: Waiting | null = null;
  #waiting: Waiting[] = [];
  #next = 0;
  #closed = false;

  /** The sheet as PDF, with the PNGs of its charts in their order. Throws PressError. */
  readonly set = (sheet: Sheet, pictures: readonly Uint8Array[]): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      if (this.#closed) return reject(new PressError("closed"));
      if (this.#waiting.length >= WAITING_MAX) return reject(new PressError("busy"));
      this.#waiting.push({ task: { id: this.#next++, sheet, pictures }, resolve, reject });
      this.#hand();
    });

  /** Ends the thread; what waits is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#waiting) reject(new PressError("closed"));
    this.#waiting = [];
    await this.#worker?.terminate();
  }

  #hand(): void {
    if (this.#setting !== null) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#setting = next;
    const worker = this.#worker ?? this.#started();
    worker.ref();
    worker.postMessage(next.task);
  }

  #started(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url));
    worker.on("message", (answer: PressAnswer) => this.#take(worker, answer));
    worker.on("error", (error) => this.#lose(worker, error));
    worker.on("exit", () => this.#lose(worker));
    this.#worker = worker;
    return worker;
  }

  #take(worker: Worker, answer: PressAnswer): void {
    const set = this.#setting;
    this.#setting = null;
    // An idle thread does not keep the process alive.
    worker.unref();
    if (set !== null && set.task.id === answer.id) {
      if ("pdf" in answer) set.resolve(answer.pdf);
      else set.reject(new PressError("not_set", new Error(answer.message)));
    }
    this.#hand();
  }

  #lose(worker: Worker, cause?: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#setting?.reject(new PressError(this.#closed ? "closed" : "thread_lost", cause));
    this.#setting = null;
    if (!this.#closed) this.#hand();
  }
}

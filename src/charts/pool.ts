import { Worker } from "node:worker_threads";
import type { ChartSpec } from "../messages/message.ts";
import type { DrawOptions } from "./draw.ts";

/** What a thread is sent, and what it sends back. */
export interface DrawTask {
  readonly id: number;
  readonly spec: ChartSpec;
  readonly options: DrawOptions | undefined;
}

export type DrawAnswer =
  | { readonly id: number; readonly png: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly refused: boolean; readonly message: string };

/** Why a picture was not drawn: too many wait, its thread died, or the pool is closed. */
class ChartPoolError extends Error {
  readonly code: "busy" | "thread_lost" | "closed";
  constructor(code: ChartPoolError["code"], cause?: unknown) {
    super(`chart pool ${code}`, { cause });
    this.code = code;
  }
}

/** Two threads drew 36 pictures a second where one process with four in flight drew 29; a third was slower again. */
const THREADS = 2;
/** About four seconds of drawing: who comes after them gets the words without the picture. */
const WAITING_MAX = 128;

interface Waiting {
  readonly task: DrawTask;
  readonly resolve: (png: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  drawing: Waiting | null;
}

/**
 * Draws pictures in threads of their own, so that a question is acknowledged while another's chart is drawn. Threads start with the first
 * picture; one that dies is replaced, and only its picture is lost.
 */
export class ChartPool {
  readonly #threads: Thread[] = [];
  #waiting: Waiting[] = [];
  #next = 0;
  #closed = false;

  /** As `drawChart`; throws RangeError for what cannot be drawn, and ChartPoolError. */
  readonly draw = (spec: ChartSpec, options?: DrawOptions): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      if (this.#closed) return reject(new ChartPoolError("closed"));
      if (this.#waiting.length >= WAITING_MAX) return reject(new ChartPoolError("busy"));
      this.#waiting.push({ task: { id: this.#next++, spec, options }, resolve, reject });
      this.#hand();
    });

  /** Ends the threads; what waits is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#waiting) reject(new ChartPoolError("closed"));
    this.#waiting = [];
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #hand(): void {
    for (;;) {
      const idle = this.#threads.find(({ drawing }) => drawing === null) ?? this.#started();
      const first = idle === null ? undefined : this.#waiting.shift();
      if (idle === null || first === undefined) return;
      idle.drawing = first;
      idle.worker.ref();
      idle.worker.postMessage(first.task);
    }
  }

  #started(): Thread | null {
    if (this.#threads.length >= THREADS || this.#waiting.length === 0) return null;
    const thread: Thread = { worker: new Worker(new URL("./worker.ts", import.meta.url)), drawing: null };
    thread.worker.on("message", (answer: DrawAnswer) => this.#take(thread, answer));
    thread.worker.on("error", (error) => this.#lose(thread, error));
    thread.worker.on("exit", () => this.#lose(thread));
    this.#threads.push(thread);
    return thread;
  }

  #take(thread: Thread, answer: DrawAnswer): void {
    const { drawing } = thread;
    thread.drawing = null;
    // An idle thread does not keep the process alive.
    thread.worker.unref();
    if (drawing !== null && drawing.task.id === answer.id) {
      if ("png" in answer) drawing.resolve(answer.png);
      else
        drawing.reject(answer.refused ? new RangeError(answer.message) : new ChartPoolError("thread_lost"));
    }
    this.#hand();
  }

  #lose(thread: Thread, cause?: unknown): void {
    const at = this.#threads.indexOf(thread);
    if (at === -1) return;
    this.#threads.splice(at, 1);
    thread.drawing?.reject(new ChartPoolError(this.#closed ? "closed" : "thread_lost", cause));
    thread.drawing = null;
    if (!this.#closed) this.#hand();
  }
}

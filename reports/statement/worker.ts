import { setPriority } from "node:os";
import { type MessagePort, parentPort } from "node:worker_threads";
import type { PressAnswer, PressTask } from "./press.ts";
import { renderSheet } from "./render.ts";

/** The thread of a Press: sets what it is sent, one report after the other. */
function serve(port: MessagePort): void {
  port.on("message", ({ id, sheet, pictures }: PressTask) => {
    renderSheet(sheet, pictures).then(
      (pdf) => answer(port, { id, pdf: new Uint8Array(pdf) }),
      (error: unknown) =>
        answer(port, { id, message: error instanceof Error ? error.message : "not laid out" }),
    );
  });
}

function answer(port: MessagePort, message: PressAnswer): void {
  if ("pdf" in message) port.postMessage(message, [message.pdf.buffer]);
  else port.postMessage(message);
}

/** A report can wait for its turn; an event that is to be acknowledged cannot. */
const LESS_THAN_MAIN = 10;

// Elsewhere it is the whole process that would be lowered.
if (process.platform === "linux") setPriority(0, LESS_THAN_MAIN);
if (parentPort === null) throw new Error("this file is the thread of a press");
serve(parentPort);

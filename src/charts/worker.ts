import { setPriority } from "node:os";
import { type MessagePort, parentPort } from "node:worker_threads";
import { drawChart } from "./draw.ts";
import type { DrawAnswer, DrawTask } from "./pool.ts";

/** The thread of a ChartPool: draws what it is sent, one picture after the other. */
function serve(port: MessagePort): void {
  port.on("message", (task: DrawTask) => {
    drawChart(task.spec, task.options).then(
      (png) => answer(port, { id: task.id, png: new Uint8Array(png) }),
      (error: unknown) =>
        answer(port, {
          id: task.id,
          refused: error instanceof RangeError,
          message: error instanceof Error ? error.message : "not drawn",
        }),
    );
  });
}

function answer(port: MessagePort, message: DrawAnswer): void {
  if ("png" in message) port.postMessage(message, [message.png.buffer]);
  else port.postMessage(message);
}

/** A picture can wait for its turn; an event that is to be acknowledged cannot. */
const LESS_THAN_MAIN = 10;

// Elsewhere it is the whole process that would be lowered.
if (process.platform === "linux") setPriority(0, LESS_THAN_MAIN);
if (parentPort === null) throw new Error("this file is the thread of a pool");
serve(parentPort);

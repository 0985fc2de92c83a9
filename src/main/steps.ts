import type { Progress } from "../../pipeline/ports.ts";
import { presentProgress } from "../messages/upload.ts";
import type { Shell } from "./shell.ts";

/** Shows a pipeline's progress in words; the subject is what is being worked on. */
export function showSteps({ terminal, words }: Shell, subject: string): Progress {
  return (step, fraction) => {
    terminal.progress(presentProgress(step, null, subject, words.language).headline, fraction);
  };
}

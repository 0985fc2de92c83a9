import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { AwsStage } from "./aws-stage.testing.ts";

/** What happened, when, and who tells of it. */
interface Line {
  readonly at: Date;
  readonly where: "chat" | "s3" | "lambda";
  readonly what: string;
}

interface Dropped {
  readonly file: string;
  /** What the chat was told meanwhile. */
  readonly told: readonly string[];
  readonly dropped: Date;
  readonly answered: Date;
}

interface LogLine {
  readonly time?: string;
  readonly at?: string;
  readonly event?: string;
  readonly step?: string;
  readonly uploads?: readonly string[];
  readonly [field: string]: unknown;
}

/** Follows one file by the objects that it became and by the lines of the Lambda's log that name it. */
export async function traceOf(
  stage: AwsStage,
  { file, told, dropped, answered }: Dropped,
): Promise<{ readonly steps: readonly string[]; readonly text: string }> {
  const lines: Line[] = [
    { at: dropped, where: "chat", what: `${file} is dropped` },
    { at: answered, where: "chat", what: textOf(told.at(-1) ?? "") },
  ];
  const objects = await objectsSince(stage, dropped);
  const upload =
    /bronze\/requests\/([\w-]+)\.json/.exec(objects.map(({ what }) => what).join("\n"))?.[1] ?? "none";
  lines.push(...objects);
  const steps: string[] = [];
  for (const text of stage.lambda.logged()) {
    const log = parsed(text);
    if (log?.uploads?.includes(upload) !== true) continue;
    const { time, at, event, step, ...fields } = log;
    steps.push(String(step ?? event));
    const what = `${step ?? event} ${JSON.stringify(fields)}`;
    lines.push({ at: new Date(String(time ?? at)), where: "lambda", what });
  }
  const sorted = lines.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const spark = stage.sparkMs.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(", ");
  return {
    steps,
    text: [
      ...sorted.map(({ at, where, what }) => `${at.toISOString()}  ${where.padEnd(6)}  ${what}`),
      `runs of Spark: ${spark}`,
    ].join("\n"),
  };
}

/** S3 tells times in whole seconds. */
async function objectsSince({ s3, bucket }: AwsStage, since: Date): Promise<readonly Line[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  return Contents.flatMap(({ Key = "", LastModified }) =>
    LastModified !== undefined && LastModified.getTime() >= since.getTime() - 999
      ? [{ at: LastModified, where: "s3" as const, what: Key }]
      : [],
  );
}

function parsed(text: string): LogLine | null {
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    // Not every line of a process is one of the log.
    return null;
  }
}

/** The words of a piece of the page. */
function textOf(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

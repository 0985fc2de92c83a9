/** What one look came to: fine, worth knowing, or broken. */
export interface Check {
  readonly mark: "ok" | "warning" | "broken";
  readonly text: string;
}

export const ok = (text: string): Check => ({ mark: "ok", text });
export const warning = (text: string): Check => ({ mark: "warning", text });
export const broken = (text: string): Check => ({ mark: "broken", text });

const MARKS: Readonly<Record<Check["mark"], string>> = { ok: "✓", warning: "!", broken: "✗" };

/** `✓ Node v24.0.0` */
export function lineOf({ mark, text }: Check): string {
  return `${MARKS[mark]} ${text}`;
}

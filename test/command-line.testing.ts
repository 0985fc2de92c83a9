import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../src/main/cli.ts";

/** A home in a temporary folder, used through the command line's own entry. */
export interface CommandLine {
  readonly home: string;
  /** Writes a file beside the home; its lines end as a file's do. Gives the file's path. */
  write(name: string, body: string | Uint8Array | readonly string[]): string;
  /** Runs a command and gives its exit code and what it printed. */
  carteira(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }>;
  /** The same for a command that prints one JSON object. */
  json(...argv: readonly string[]): Promise<Readonly<Record<string, unknown>>>;
  remove(): Promise<void>;
}

/** `home` is another one's, to use it with other settings. */
export async function openCommandLine(
  now: () => Date,
  environment: Readonly<Record<string, string>> = {},
  home?: string,
): Promise<CommandLine> {
  const folder = mkdtempSync(join(tmpdir(), "carteira-home-"));
  return commandLine(folder, home ?? join(folder, "home"), now, environment);
}

function commandLine(
  folder: string,
  home: string,
  now: () => Date,
  environment: Readonly<Record<string, string>>,
): CommandLine {
  const carteira: CommandLine["carteira"] = async (...argv) => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await run([...argv, "--home", home], {
      stdout: { write: (text: string) => out.push(text) > 0 },
      stderr: { write: (text: string) => err.push(text) > 0 },
      environment,
      workingFolder: folder,
      now,
      stop: new AbortController().signal,
    });
    return { code, out: out.join(""), err: err.join("") };
  };
  return {
    home,
    carteira,
    write(name, body) {
      const path = join(folder, name);
      writeFileSync(path, Array.isArray(body) ? body.map((line) => `${line}\n`).join("") : (body as string));
      return path;
    },
    async json(...argv) {
      const { code, out, err } = await carteira(...argv, "--json");
      if (code !== 0) throw new Error(`exit code ${code}: ${err}${out}`);
      return JSON.parse(out) as Readonly<Record<string, unknown>>;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

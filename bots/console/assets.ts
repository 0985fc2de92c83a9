import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

const FONT = "@expo-google-fonts/inter";

/** Every file the page loads, by its name in the address. All are ours or from an installed package. */
const FILES = {
  "console.css": { from: "./static/console.css", type: "text/css; charset=utf-8" },
  "console.js": { from: "./static/console.js", type: "text/javascript; charset=utf-8" },
  "icon.svg": { from: "./static/icon.svg", type: "image/svg+xml" },
  "htmx.js": { from: "htmx.org/dist/htmx.min.js", type: "text/javascript; charset=utf-8" },
  "hx-sse.js": { from: "htmx.org/dist/ext/hx-sse.min.js", type: "text/javascript; charset=utf-8" },
  "inter-400.ttf": { from: `${FONT}/400Regular/Inter_400Regular.ttf`, type: "font/ttf" },
  "inter-500.ttf": { from: `${FONT}/500Medium/Inter_500Medium.ttf`, type: "font/ttf" },
  "inter-600.ttf": { from: `${FONT}/600SemiBold/Inter_600SemiBold.ttf`, type: "font/ttf" },
} as const;

type AssetName = keyof typeof FILES;

export interface Assets {
  /** `/assets/<version>/<name>`; the version changes with the content of any file. */
  url(name: AssetName): string;
  /** The file at an address, or null. */
  find(
    version: string,
    name: string,
  ): { readonly body: Uint8Array<ArrayBuffer>; readonly type: string } | null;
}

/** Reads all files once; they are small (1.3 MB, most of it the fonts). */
export async function loadAssets(): Promise<Assets> {
  const loaded = new Map<string, { body: Uint8Array<ArrayBuffer>; type: string }>();
  const hash = createHash("sha256");
  for (const [name, { from, type }] of Object.entries(FILES)) {
    const body = new Uint8Array(await readFile(new URL(import.meta.resolve(from))));
    hash.update(body);
    loaded.set(name, { body, type });
  }
  const version = hash.digest("hex").slice(0, 12);
  return {
    // The style sheet names the fonts relative to itself, so they share its version.
    url: (name) => `/assets/${version}/${name}`,
    find: (wanted, name) => (wanted === version ? (loaded.get(name) ?? null) : null),
  };
}

import { readFile, writeFile } from "node:fs/promises";
import { ADMIN_KINDS } from "../../pipeline/ports.ts";
import { documentSections, fillSections } from "../contracts/document.ts";

/** `npm run docs`: writes the generated sections of docs/data.md from the definitions in code. */
const path = new URL("../../docs/data.md", import.meta.url);
const text = await readFile(path, "utf8");
await writeFile(path, fillSections(text, documentSections(ADMIN_KINDS)));

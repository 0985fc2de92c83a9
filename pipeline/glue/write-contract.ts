import { writeFile } from "node:fs/promises";
import { CONTRACT_FILE, glueContract } from "./contract.ts";

/** `npm run glue:contract`: writes what the Spark job reads of the definitions in code. */
await writeFile(CONTRACT_FILE, glueContract());

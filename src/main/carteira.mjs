#!/usr/bin/env node
// Plain JavaScript that any Node can read: it says what is missing before an older one meets TypeScript.
import process from "node:process";

const WANTED_MAJOR = 24;

if (Number(process.versions.node.split(".")[0]) < WANTED_MAJOR) {
  process.stderr.write(
    `A Carteira precisa do Node ${WANTED_MAJOR} ou mais novo, e este é o ${process.version}. ` +
      "Na pasta do projeto, rode `npm ci` e depois `npx carteira`, que usa o Node que vem com ela.\n",
  );
  process.exitCode = 3;
} else {
  const { enableCompileCache } = await import("node:module");
  enableCompileCache();
  const { main } = await import("./cli.ts");
  await main();
}

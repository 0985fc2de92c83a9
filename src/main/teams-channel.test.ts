import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readConfig } from "../config.ts";
import { openState, type State } from "../state/index.ts";
import { createShell } from "./shell.ts";
import { serveTeams } from "./teams-channel.ts";
import { wordsOf } from "./words/words.ts";

let folder: string;
let state: State;
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "carteira-teams-"));
  state = await openState(join(folder, "state.db"));
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await state.close();
  await rm(folder, { recursive: true, force: true });
});

async function serve(environment: Record<string, string>) {
  const said: string[] = [];
  const out = { write: (text: string) => void said.push(text) };
  const stop = new AbortController().signal;
  const io = {
    stdout: out,
    stderr: out,
    environment: {},
    workingFolder: folder,
    now: () => new Date(),
    stop,
  };
  const shell = createShell(io, {
    config: readConfig(environment, folder),
    words: wordsOf("pt"),
    language: undefined,
  });
  closing.push(() => shell.close());
  const conversation = { say: async () => null, drop: async () => null };
  const teams = await serveTeams({ conversation, state }, shell, {
    logger: { error: () => undefined },
    draw: async () => new Uint8Array(),
  });
  return { teams, said: said.join("") };
}

it("serves nothing unless it is set", async () => {
  expect(await serve({})).toEqual({ teams: null, said: "" });
});

/** A service that takes whatever is sent to it. */
async function service(onTaken: () => void): Promise<string> {
  const server = createServer((_, response) => {
    onTaken();
    response.setHeader("content-type", "application/json").end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(async () => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`;
}

it("says where it serves, keeps references in the state, and names the setting where the port is taken", async () => {
  const welcomed = Promise.withResolvers<void>();
  const { said } = await serve({ TEAMS_LOCAL: "true", TEAMS_PORT: "0" });
  const url = /http:\S+/.exec(said)?.[0] ?? "";
  expect(said).toContain("sem autenticação");
  const activity = {
    type: "installationUpdate",
    action: "add",
    id: "1",
    channelId: "msteams",
    serviceUrl: await service(welcomed.resolve),
    from: { id: "29:ana", aadObjectId: "ana" },
    recipient: { id: "28:bot" },
    conversation: { id: "a:1", conversationType: "personal", tenantId: "sol" },
  };
  const headers = { "content-type": "application/json" };
  await fetch(url, { method: "POST", headers, body: JSON.stringify(activity) });
  await welcomed.promise;
  expect(await state.references.find("teams:sol:ana")).toMatchObject({ conversation: { id: "a:1" } });
  await expect(serve({ TEAMS_LOCAL: "true", TEAMS_PORT: new URL(url).port })).rejects.toThrow(/TEAMS_PORT/);
});

import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { environmentOf, S3_PEERS } from "./moto.testing.ts";
import { type Program, startProgram } from "./service.testing.ts";

/**
 * OpenStack's Swift with its S3 on top: one device, one copy of everything. It is an S3 that others wrote, checks signatures,
 * and refuses a body that is not what its hash says.
 */
export interface Swift {
  readonly endpoint: string;
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const LAYERS = ["account", "container", "object"] as const;
const READY_TRIES_MAX = 150;

export async function startSwift(): Promise<Swift> {
  if (S3_PEERS === undefined) throw new Error("CARTEIRA_S3_PEERS names no folder");
  // Swift keeps what it knows of an object in attributes of its file, which not every file system has.
  const folder = await mkdtemp(join(S3_PEERS, "swift-"));
  mkdirSync(join(folder, "devices", "one"), { recursive: true });
  const bin = (name: string) => join(S3_PEERS ?? "", "bin", name);
  writeFileSync(
    join(folder, "swift.conf"),
    "[swift-hash]\nswift_hash_path_prefix = carteira\nswift_hash_path_suffix = carteira\n",
  );
  const programs: Program[] = [];
  const ports: number[] = [];
  for (const layer of LAYERS) {
    const port = await freePort();
    ports.push(port);
    const builder = `${layer}.builder`;
    for (const args of [
      ["create", "1", "1", "1"],
      ["add", `r1z1-127.0.0.1:${port}/one`, "1"],
      ["rebalance"],
    ]) {
      const built = startProgram([bin("swift-ring-builder"), builder, ...args], folder);
      await built.ended;
    }
    const pipeline = `[pipeline:main]\npipeline = ${layer}-server\n[app:${layer}-server]\nuse = egg:swift#${layer}\n`;
    const devices = `devices = ${folder}/devices\nmount_check = false\n`;
    writeFileSync(join(folder, `${layer}.conf`), common(folder, port) + devices + pipeline);
    programs.push(startProgram([bin(`swift-${layer}-server`), `${layer}.conf`], folder));
  }
  const port = await freePort();
  writeFileSync(join(folder, "proxy.conf"), common(folder, port) + PROXY);
  programs.push(startProgram([bin("swift-proxy-server"), "proxy.conf"], folder));
  ports.push(port);
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await Promise.all(programs.map((program) => program.stop()));
    await rm(folder, { recursive: true, force: true });
  };
  for (let tries = 0; !(await Promise.all(ports.map(answers))).every(Boolean); tries += 1) {
    if (tries === READY_TRIES_MAX) {
      const said = programs.map((program) => program.said()).join("\n");
      await stop();
      throw new Error(`Swift does not answer: ${said}`);
    }
    await sleep(200);
  }
  return { endpoint, environment: environmentOf(endpoint, { id: "test:tester", secret: "testing" }), stop };
}

function common(folder: string, port: number): string {
  return `[DEFAULT]\nbind_ip = 127.0.0.1\nbind_port = ${port}\nworkers = 0\nswift_dir = ${folder}\nlog_level = ERROR\n`;
}

const PROXY = `[pipeline:main]
pipeline = cache s3api tempauth slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:cache]
use = egg:swift#memcache
[filter:s3api]
use = egg:swift#s3api
location = sa-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
`;

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const { promise, resolve } = Promise.withResolvers<boolean>();
  socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
  const answered = await promise;
  socket.destroy();
  return answered;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const address = server.address();
  const { promise: closed, resolve: done } = Promise.withResolvers<void>();
  server.close(() => done());
  await closed;
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

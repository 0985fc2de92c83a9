import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type NewDelivery, openState, type State } from "../../state/index.ts";
import { run } from "../cli.ts";
import { homePaths } from "../home.ts";

/** The commands about schedules and deliveries over one small book, in the order in which somebody might give them. */

let folder: string;
let home: string;
let clockMs = Date.parse("2026-11-25T14:00:00Z");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "delivery-commands-"));
  home = join(folder, "book");
  await writeFile(join(folder, "clientes.csv"), "cliente;nome;corretor\nc1;Ana Souza;corretor1\n");
  expect((await carteira("ingest", "clientes.csv", "--as", "admin")).exit).toBe(0);
  for (const [id, user] of [
    ["ana", "U1"],
    ["bia", "U2"],
  ] as const) {
    await carteira("people", "add", id, "--name", id, "--role", "corretor", "--broker", "corretor1");
    if (id === "ana") await carteira("people", "link", id, `slack:T1:${user}`);
  }
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function carteira(...args: string[]) {
  const written = { out: "", err: "" };
  const exit = await run([...args, "--home", home], {
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
    environment: {},
    workingFolder: folder,
    now: () => new Date(clockMs),
    stop: new AbortController().signal,
  });
  return { exit, ...written };
}

async function inState<T>(work: (state: State) => Promise<T>): Promise<T> {
  const state = await openState(homePaths(home).state, () => new Date(clockMs));
  try {
    return await work(state);
  } finally {
    await state.close();
  }
}

const target = { channel: "slack", who: "slack:T1:U1", place: null } as const;
const subscribe = () =>
  inState((state) =>
    state.subscriptions.put({
      owner: "person:ana",
      kind: "digest",
      target,
      schedule: { zone: "America/Sao_Paulo", days: "sessions", times: ["before_open"] },
      language: "pt",
      options: null,
    }),
  );

describe("schedules", () => {
  let id: string;

  it("are none at first", async () => {
    expect((await carteira("schedules")).out).toContain("Ninguém agendou nada ainda");
    expect(JSON.parse((await carteira("schedules", "--json")).out)).toEqual([]);
  });

  it("are listed with their next three runs", async () => {
    ({ id } = await subscribe());
    const { exit, out } = await carteira("schedules");
    expect(exit).toBe(0);
    expect(out).toMatch(/^agendamento +tipo +de quem +canal +quando +fuso +próximos\n/);
    expect(out).toContain(
      "antes do pregão, nos pregões  America/Sao_Paulo  qui 26/11 09:00 · sex 27/11 09:00 · seg 30/11 09:00",
    );
    expect((await carteira("schedules", "list", "--lang", "en")).out).toContain("Thu 26 Nov 09:00");
    expect(JSON.parse((await carteira("schedules", "--json")).out)).toMatchObject([
      {
        schedule: id,
        owner: "person:ana",
        next: ["2026-11-26T12:00:00.000Z", {}, {}].map((one) =>
          typeof one === "string" ? one : expect.any(String),
        ),
      },
    ]);
  });

  it("that would change with --dry-run do not", async () => {
    for (const args of [
      ["pause", id],
      ["pause", "--all"],
      ["remove", id],
    ]) {
      const { exit, out } = await carteira("schedules", ...args, "--dry-run");
      expect({ exit, out }).toMatchObject({ exit: 0, out: expect.stringMatching(/^Simulação: /) });
    }
    const [one] = await inState((state) => state.subscriptions.list());
    expect(one).toMatchObject({ id, pausedAt: null });
  });

  it("are paused, resumed and paused all together, which is audited", async () => {
    expect((await carteira("schedules", "pause", id)).out).toBe(
      `Agendamento ${id} de person:ana em pausa.\n`,
    );
    expect((await carteira("schedules", "pause", id)).out).toContain("nada mudou");
    expect((await carteira("schedules")).out).toMatch(/em pausa\n$/);
    expect((await carteira("schedules", "resume", id)).out).toContain("retomado");
    expect((await carteira("schedules", "pause", "--all")).out).toBe("1 agendamento em pausa.\n");
    expect((await carteira("schedules", "resume", id)).exit).toBe(0);
    const audit = JSON.parse((await carteira("audit", "--who", "admin", "--json")).out) as {
      intent: string;
    }[];
    expect(audit.map(({ intent }) => intent)).toEqual(
      expect.arrayContaining(["schedule_pause", "schedule_resume"]),
    );
  });

  it("go to somebody else's own messages, or nowhere", async () => {
    expect((await carteira("schedules", "reassign", id, "--to", "bia")).err).toContain(
      "não tem usuário no slack",
    );
    expect((await carteira("schedules", "reassign", id, "--to", "eva")).exit).toBe(1);
    await carteira("people", "link", "bia", "slack:T1:U2");
    expect((await carteira("schedules", "reassign", id, "--to", "bia", "--dry-run")).out).toContain(
      "passaria de person:ana para person:bia",
    );
    expect((await carteira("schedules", "reassign", id, "--to", "bia")).exit).toBe(0);
    const [one] = await inState((state) => state.subscriptions.list());
    expect(one).toMatchObject({ owner: "person:bia", target: { who: "slack:T1:U2" } });
    await subscribe();
    expect((await carteira("schedules", "reassign", id, "--to", "ana")).err).toContain(
      "já tem um agendamento",
    );
  });

  it("are removed", async () => {
    expect((await carteira("schedules", "remove", id)).out).toContain("removido");
    expect(await inState((state) => state.subscriptions.find(id))).toBeNull();
  });

  it.each<readonly [number, readonly string[]]>([
    [1, ["pause", "none"]],
    [1, ["remove", "none"]],
    [2, ["pause"]],
    [2, ["pause", "x", "--all"]],
    [2, ["reassign", "x"]],
    [2, ["dance"]],
    [2, ["list", "x"]],
    [2, ["remove", "x", "y"]],
  ])("%i: %j", async (exit, args) => {
    const found = await carteira("schedules", ...args);
    expect(found).toMatchObject({ exit, out: "" });
    expect(found.err).not.toMatch(/undefined|Error:/);
  });
});

describe("deliveries", () => {
  const row = (key: string): NewDelivery => ({
    key,
    kind: "digest",
    subscriptionId: null,
    owner: "person:ana",
    target,
    language: "pt",
    slot: "2026-11-25T12:00:00.000Z",
    expiresAt: null,
    payload: null,
    state: "planned",
    reason: null,
  });
  /** Brings a row to an end, as a worker would. */
  const end = (to: "failed" | "confirmed", reason: string | null) =>
    inState(async (state) => {
      const [id = ""] = await state.deliveries.add([row(`${to} ${reason}`)]);
      await state.deliveries.claim({ by: "w", limit: 10, leaseMs: 1, channels: ["slack"] });
      await state.deliveries.move(id, { from: "claimed", by: "w" }, { state: to, reason });
      return id;
    });

  it("are none at first", async () => {
    expect((await carteira("deliveries")).out).toContain("Nada foi enviado nem planejado ainda.");
    expect((await carteira("deliveries", "--failed")).out).toContain("Nenhum envio falhou");
    expect((await carteira("doctor")).out).not.toContain("envios");
  });

  it("are listed with what became of them, and told by doctor", async () => {
    const failed = await end("failed", "retry_later");
    await end("confirmed", null);
    const { out } = await carteira("deliveries");
    expect(out).toMatch(/^envio +horário +tipo +de quem +canal +situação +tentativas\n/);
    expect(out).toContain("entregue");
    expect(out).toContain("falhou: o canal pediu para esperar");
    const only = await carteira("deliveries", "--failed", "--lang", "en");
    expect(only.out).toContain(`${failed}  25 Nov 2026 09:00  digest  person:ana`);
    expect(only.out).toContain("failed: the channel asked to wait");
    expect(only.out).not.toContain("delivered");
    const { out: health } = await carteira("doctor");
    expect(health).toContain("✓ envios das últimas 24 h: 1 entregue, 0 não enviados");
    expect(health).toContain("! envios das últimas 24 h: 1 falhou, 0 sem confirmação");
  });

  it("are sent again to their one recipient, once", async () => {
    const [{ delivery: id }] = JSON.parse((await carteira("deliveries", "--failed", "--json")).out);
    const { exit, out } = await carteira("deliveries", "--resend", id);
    expect({ exit, out }).toMatchObject({ exit: 0, out: expect.stringContaining("para person:ana") });
    expect((await carteira("deliveries", "--resend", id)).err).toContain("ainda está a caminho");
    const rows = await inState((state) => state.deliveries.list(10, { states: ["planned"] }));
    expect(rows).toMatchObject([{ resendOf: id, owner: "person:ana", target }]);
    clockMs += 20 * 60_000;
    expect((await carteira("doctor")).out).toContain("o mais antigo espera há 20 min");
  });

  it.each<readonly [number, readonly string[]]>([
    [1, ["--resend", "none"]],
    [2, ["--limit", "0"]],
    [2, ["x"]],
  ])("%i: %j", async (exit, args) => {
    expect(await carteira("deliveries", ...args)).toMatchObject({ exit, out: "" });
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestHome, type TestFile, type TestHome } from "../ingest.testing.ts";
import type { UploadRecord } from "../ports.ts";
import { FileRefused } from "../silver/staged.ts";
import { runManifest } from "./manifest.ts";
import { type ArrivalSender, stageArrival } from "./stage.ts";

const NOW = new Date("2026-03-31T21:30:00Z");
const ADMIN: ArrivalSender = { admin: true, brokers: "all", kind: null, language: "pt" };
const BROKER: ArrivalSender = { ...ADMIN, admin: false, brokers: ["c1"] };
const OPERATIONS: TestFile = [
  "ops.csv",
  "cliente;data;tipo;ativo;quantidade;preco\nana;05/01/2026;Compra;petr4f;1;30,5\nana;05/01/2026;venda;???;1;x\n",
];
const TRADES: TestFile = [
  "negociacao.csv",
  "Data do Negócio;Tipo de Movimentação;Mercado;Instituição;Código de Negociação;Quantidade;Preço;Valor\n05/01/2026;Compra;Mercado à Vista;XP;PETR4;1;30,00;30,00\n",
];

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome(NOW);
});
afterEach(() => home.remove());

/** The bytes in bronze, and the upload as it is before anybody has looked at it. */
async function received(file: TestFile, changed: Partial<UploadRecord> = {}): Promise<UploadRecord> {
  const { upload } = await home.loadOne(file);
  return { ...upload, kind: null, status: "received", silverKey: null, ...changed };
}

async function stage(upload: UploadRecord, sender = ADMIN) {
  const deps = {
    lake: home.lake,
    scratchDir: `${await home.lake.stage(upload.bronzeKey)}.scratch`,
    now: () => NOW,
  };
  return stageArrival(deps, upload, sender);
}

async function refusal(staged: Promise<unknown>): Promise<FileRefused> {
  const error = await staged.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FileRefused)) throw new Error("the file was not refused");
  return error;
}

describe("staging an arrival", () => {
  it("writes the same objects and makes the same plan each time", async () => {
    const upload = await received(OPERATIONS);
    const first = await stage(upload);
    const objects = await home.lake.list("staged/");
    expect(await stage(upload)).toEqual(first);
    expect(await home.lake.list("staged/")).toEqual(objects);
    const { rowsKey, badKey, lookups } = first.plan;
    expect([...objects].sort()).toEqual([rowsKey, badKey, ...lookups.map(({ key }) => key)].sort());
    for (const key of objects) expect(key).toMatch(new RegExp(`^staged/upload=${upload.id}/`));
  });

  it("works out what the file's texts mean, which SQL could not say", async () => {
    const { plan, kind } = await stage(await received(OPERATIONS));
    expect(kind).toBe("operations");
    const key = (name: string) => plan.lookups.find((lookup) => lookup.name === name)?.key ?? "";
    expect(await home.parquet(key("lookup_instrument_id"))).toMatchObject([
      { raw: "???", code: null, to_code: null },
      { raw: "petr4f", code: "PETR4", to_code: null },
    ]);
    expect(await home.parquet(key("lookup_type"))).toMatchObject([
      { raw: "Compra", value: "compra" },
      { raw: "venda", value: "venda" },
    ]);
  });

  it("says what Spark has to tell the sender in the sender's language", async () => {
    const upload = await received(OPERATIONS);
    const reasons = async (language: "pt" | "en") =>
      (await stage(upload, { ...ADMIN, language })).plan.words.reasons.number_invalid;
    expect(await reasons("pt")).toContain("{column} não é um número");
    expect(await reasons("en")).toContain("{column} is not a number");
  });

  it("refuses what no run could take, with the kind where it is known", async () => {
    expect(await refusal(stage(await received(["a.csv", "a;b\n1;2\n"])))).toMatchObject({
      issue: { code: "file_layout" },
      kind: null,
    });
    expect(
      await refusal(stage(await received(["a.csv", `${OPERATIONS[1]}`.split("\n")[0] ?? ""]))),
    ).toMatchObject({
      issue: { code: "file_empty" },
      kind: "operations",
    });
    const prices = await received(["p.csv", "data;ativo;preco\n05/01/2026;PETR4;1\n"]);
    expect(await refusal(stage(prices, BROKER))).toMatchObject({
      issue: { code: "file_admin" },
      kind: "prices",
    });
    expect(await refusal(stage(await received(TRADES)))).toMatchObject({
      issue: { code: "file_client" },
      kind: "b3_trades",
    });
  });

  it("leaves to the run whether a client is known, and gives it whose clients the sender may load for", async () => {
    const { plan } = await stage(await received(TRADES, { clientId: "d'ávila" }), BROKER);
    expect(plan).toMatchObject({ client: "d'ávila", brokers: ["c1"], replacesAnybodys: false });
    expect(plan.sql.cells).toContain("'d\\'ávila'");
  });
});

describe("the manifest of a run", () => {
  it("takes first what others refer to, and of one kind the oldest first", async () => {
    const files: TestFile[] = [
      OPERATIONS,
      ["b.csv", OPERATIONS[1]],
      ["clientes.csv", "cliente;nome;corretor\nana;Ana;c1\n"],
    ];
    const arrivals = [];
    for (const file of files) {
      const upload = await received(file);
      arrivals.unshift({ upload, ...(await stage(upload)) });
    }
    const run = runManifest({ runId: "r1", createdAt: NOW, today: "2026-03-31", active: [], arrivals });
    const names = new Map(arrivals.map(({ upload }) => [upload.id, upload.fileName]));
    expect(run.arrivals.map(({ uploadId }) => names.get(uploadId))).toEqual([
      "clientes.csv",
      "ops.csv",
      "b.csv",
    ]);
  });

  it.each([
    { sender: BROKER, userId: "c1", kind: "operations", may: true },
    { sender: BROKER, userId: "c2", kind: "operations", may: false },
    { sender: ADMIN, userId: "c2", kind: "operations", may: true },
    { sender: ADMIN, userId: "c1", kind: "prices", may: false },
  ] as const)(
    "lets $sender.brokers replace $kind of $userId: $may",
    async ({ sender, userId, kind, may }) => {
      const upload = await received(OPERATIONS, { userId: "c1", replaces: "old" });
      const old = { ...upload, id: "old", userId, kind, silverKey: "silver/x", replaces: null };
      const arrivals = [{ upload, ...(await stage(upload, sender)) }];
      const run = runManifest({ runId: "r1", createdAt: NOW, today: "2026-03-31", active: [old], arrivals });
      expect(run.arrivals[0]?.mayReplace).toBe(may);
    },
  );
});

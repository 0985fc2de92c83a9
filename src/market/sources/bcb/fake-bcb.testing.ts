import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { addDays, addMonths, type IsoDay } from "../../../money/day.ts";
import { BCB_SERIES, type BcbCode } from "./series.ts";

/** What can go wrong with one request. */
export type BcbFault =
  | "rate_limited"
  | "window_refused"
  | "server_error"
  /** An error as XML with the status 200. */
  | "xml"
  /** A page of maintenance with the status 200. */
  | "html"
  /** The connection breaks within the body. */
  | "half_body"
  /** A body that ends within its JSON, as if it were whole. */
  | "cut_json"
  /** The head arrives, the rest of the body never does. */
  | "slow"
  | "refused_connection";

export interface FakePoint {
  readonly day: IsoDay;
  readonly value: string | null;
}

/** One row of Olinda's answer, its rate as it stands in the text. */
export interface FakeBulletin {
  readonly rate: string;
  readonly at: string;
  /** Absent: the answer has no type of bulletin. */
  readonly type?: string;
}

export interface FakeBcbOptions {
  /** By code (`CDI`, `EURBRL`) or by SGS's number. Changes of the map show at the next request. */
  readonly series: ReadonlyMap<BcbCode | number, readonly FakePoint[]>;
  /** Rows of Olinda as they are, by currency (`EUR`), where an opening and a closing bulletin a day will not do. */
  readonly bulletins?: ReadonlyMap<string, readonly FakeBulletin[]>;
  /** What goes wrong with the request for `path`, the `nth` in all (from 0). */
  readonly faults?: (path: string, nth: number) => BcbFault | null;
}

export interface FakeBcb {
  /** For `createBcb({ origin })`. */
  readonly origin: string;
  /** Paths asked for, oldest first. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

const NOT_FOUND = '{"erro":{"codigo":"404","detail":"Value(s) not found"}}';
const REFUSED =
  '{"erro":{"detail":"O sistema aceita uma janela de consulta de, no máximo, 10 anos em séries de periodicidade diária"}}';
const XML = '<?xml version="1.0"?><soapenv:Fault><faultstring>Internal Error</faultstring></soapenv:Fault>';

/** The Banco Central on 127.0.0.1: SGS and Olinda as far as `createBcb` uses them. */
export async function startFakeBcb(options: FakeBcbOptions): Promise<FakeBcb> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const fault = options.faults?.(path, requests.length) ?? null;
    requests.push(path);
    const { status, body } = path.startsWith("/olinda") ? olinda(request, options) : sgs(request, options);
    if (fault === null) send(response, status, body);
    else fail(response, fault, body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, status: number, body: string, type = "application/json"): void {
  response.writeHead(status, { "content-type": type }).end(body);
}

function fail(response: ServerResponse, fault: BcbFault, body: string): void {
  const half = body.slice(0, Math.ceil(body.length / 2));
  switch (fault) {
    case "rate_limited":
      send(response, 429, "Too Many Requests", "text/plain");
      break;
    case "window_refused":
      send(response, 406, REFUSED);
      break;
    case "server_error":
      send(response, 503, "<html>Service Unavailable</html>", "text/html");
      break;
    case "xml":
      send(response, 200, XML, "text/xml");
      break;
    case "html":
      send(response, 200, "<!DOCTYPE html><title>Manutenção</title>", "text/html");
      break;
    case "cut_json":
      send(response, 200, half);
      break;
    case "half_body":
      response.writeHead(200, { "content-length": Buffer.byteLength(body) });
      response.write(half, () => response.destroy());
      break;
    case "slow":
      response.writeHead(200, { "content-type": "application/json" });
      response.write(half);
      break;
    case "refused_connection":
      response.destroy();
  }
}

interface Reply {
  readonly status: number;
  readonly body: string;
}

function sgs(request: IncomingMessage, options: FakeBcbOptions): Reply {
  const url = new URL(request.url ?? "", "http://bcb");
  const number = Number(/\/bcdata\.sgs\.(\d+)\//.exec(url.pathname)?.[1]);
  const from = isoOf(url.searchParams.get("dataInicial"));
  const to = isoOf(url.searchParams.get("dataFinal"));
  if (to >= addMonths(from, 120) && addDays(from, 1) < to) return { status: 406, body: REFUSED };
  const code = codeWhere((series) => series.service === "sgs" && series.number === number);
  const points = pointsOf(options, number, code).filter(({ day }) => day >= from && day <= to);
  if (points.length === 0) return { status: 404, body: NOT_FOUND };
  const rows = points.map(({ day, value }) => ({ data: day.split("-").reverse().join("/"), valor: value }));
  return { status: 200, body: JSON.stringify(rows) };
}

function olinda(request: IncomingMessage, options: FakeBcbOptions): Reply {
  const query = new URL(request.url ?? "", "http://bcb").searchParams;
  const unquoted = (name: string): string => (query.get(name) ?? "").replaceAll("'", "");
  const currency = unquoted("@moeda");
  const from = americanIso(unquoted("@dataInicial"));
  const to = americanIso(unquoted("@dataFinalCotacao"));
  const code = codeWhere((series) => series.service === "ptax" && series.currency === currency);
  const bulletins =
    options.bulletins?.get(currency) ??
    pointsOf(options, null, code).flatMap(({ day, value }) => [
      { rate: "1.0001", at: `${day} 10:08:22.13`, type: "Abertura" },
      { rate: value ?? "null", at: `${day} 13:09:15.9`, type: "Fechamento" },
    ]);
  const rows = bulletins
    .filter(({ at }) => at.slice(0, 10) >= from && at.slice(0, 10) <= to)
    .map(({ rate, at, type }) => {
      const tail = type === undefined ? "" : `,"tipoBoletim":"${type}"`;
      return `{"cotacaoVenda":${rate},"dataHoraCotacao":"${at}"${tail}}`;
    });
  return { status: 200, body: `{"@odata.context":"x","value":[${rows.join(",")}]}` };
}

function codeWhere(matches: (series: (typeof BCB_SERIES)[BcbCode]) => boolean): BcbCode | null {
  const codes = Object.keys(BCB_SERIES).filter((key): key is BcbCode => key in BCB_SERIES);
  return codes.find((code) => matches(BCB_SERIES[code])) ?? null;
}

function pointsOf(
  options: FakeBcbOptions,
  number: number | null,
  code: BcbCode | null,
): readonly FakePoint[] {
  const byNumber = number === null ? undefined : options.series.get(number);
  return byNumber ?? (code === null ? undefined : options.series.get(code)) ?? [];
}

function isoOf(text: string | null): IsoDay {
  return (text ?? "").split("/").reverse().join("-");
}

/** `12-31-2025` -> `2025-12-31`. */
function americanIso(text: string): IsoDay {
  return `${text.slice(6)}-${text.slice(0, 5)}`;
}

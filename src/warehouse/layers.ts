import { CATALOGUE } from "./catalogue.ts";
import type { CatalogueQuery } from "./warehouse.ts";

/**
 * Which layer a query belongs to, where there are two engines. `batch`: history, performance, risk and rankings, which read
 * years of rows or the whole book, and mostly closes. `speed`: what a client or the book is worth now, and all that is quick to
 * look up.
 */
type Layer = "batch" | "speed";

/** Every query of the catalogue is here: the compiler asks for one that is missing. */
const LAYERS: Readonly<Record<keyof typeof CATALOGUE, Layer>> = {
  clientPositions: "speed",
  clientPositionsAt: "batch",
  clientDays: "batch",
  scopeClients: "speed",
  clientBroker: "speed",
  bookClientsByValue: "speed",
  bookClientsByValueAt: "batch",
  bookClientsByName: "speed",
  bookClientsByNameAt: "batch",
  bookClientMoves: "batch",
  bookClientMovesAt: "batch",
  bookInstruments: "speed",
  bookInstrumentsAt: "batch",
  holders: "speed",
  holdersAt: "batch",
  clientSummaries: "batch",
  clientIndexes: "batch",
  bookDays: "batch",
  clientCredits: "batch",
  bookCredits: "batch",
  clientAnnounced: "batch",
  bookAnnounced: "batch",
  clientMaturities: "speed",
  clientMaturitiesAt: "batch",
  bookMaturities: "speed",
  bookMaturitiesAt: "batch",
  operations: "batch",
  income: "batch",
  foldEvents: "batch",
  quote: "speed",
  quoteAt: "speed",
  indexLevels: "speed",
  liveLevels: "speed",
  instruments: "speed",
  instrumentList: "speed",
  brokers: "speed",
  clientFindings: "speed",
  bookFindings: "speed",
  watchQuotes: "speed",
  watchHeld: "speed",
  watchClients: "speed",
  watchWeights: "speed",
  watchGains: "speed",
  watchMaturities: "speed",
  watchHolders: "speed",
};

const BATCH: ReadonlySet<string> = new Set(
  Object.entries(CATALOGUE).flatMap(([key, { name }]) =>
    LAYERS[key as keyof typeof CATALOGUE] === "batch" ? [name] : [],
  ),
);

export function layerOf({ name }: CatalogueQuery): Layer {
  return BATCH.has(name) ? "batch" : "speed";
}

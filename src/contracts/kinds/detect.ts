import { type ContractName, contractOf, FILE_CONTRACTS } from "./index.ts";
import { type FileContract, plain, type SourceColumn } from "./kind.ts";

/** A header that was understood: for each position of the file, the contract's column or null. */
export interface Layout {
  readonly kind: ContractName;
  readonly positions: readonly (string | null)[];
}

/** The kind that a header comes nearest to, and what it lacks for it. */
export interface NearMiss {
  readonly kind: ContractName;
  readonly missing: readonly string[];
  /** How many of the header's names the kind knows. */
  readonly known: number;
}

export type Detection = { readonly layout: Layout } | { readonly nearest: NearMiss };

const KINDS = Object.keys(FILE_CONTRACTS).filter((name): name is ContractName => name in FILE_CONTRACTS);

const SPELLINGS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  KINDS.map((kind) => [kind, spellingsOf(contractOf(kind).columns)]),
);

/** The column of the client may be absent where the sender says the client. */
const CLIENT_COLUMN = "cliente";

/**
 * Says which kind a header is of. Headers are compared without accents, case, spaces and punctuation.
 * `forced` leaves only that kind; `clientGiven` says that the sender named the client.
 */
export function detectKind(
  header: readonly string[],
  options: { readonly forced: ContractName | null; readonly clientGiven: boolean },
): Detection {
  const names = header.map(plain);
  const candidates = options.forced === null ? KINDS : [options.forced];
  let best: { layout: Layout; known: number } | null = null;
  let nearest: NearMiss = { kind: candidates[0] ?? "operations", missing: [], known: -1 };
  for (const kind of candidates) {
    const contract = contractOf(kind);
    const positions = placeColumns(names, SPELLINGS.get(kind) ?? new Map());
    const missing = requiredOf(contract, options.clientGiven).filter((column) => !positions.includes(column));
    const known = positions.filter((column) => column !== null).length;
    if (missing.length > 0) {
      const nearer =
        known > nearest.known || (known === nearest.known && missing.length < nearest.missing.length);
      if (nearer) nearest = { kind, missing, known };
      continue;
    }
    const excluded = options.forced === null && contract.excludes.some((name) => names.includes(plain(name)));
    if (!excluded && known > (best?.known ?? 0)) best = { layout: { kind, positions }, known };
  }
  return best === null ? { nearest } : { layout: best.layout };
}

/** How many of the header's names some kind knows: a line of titles or data has hardly any. */
export function knownNames(header: readonly string[]): number {
  const names = header.map(plain);
  return Math.max(
    ...KINDS.map((kind) => {
      const spellings = SPELLINGS.get(kind);
      return new Set(names.map((name) => spellings?.get(name)).filter((column) => column !== undefined)).size;
    }),
  );
}

function requiredOf(contract: FileContract, clientGiven: boolean): string[] {
  return contract.columns
    .filter((column) => column.required && !(clientGiven && isClientOfOperations(contract, column)))
    .map((column) => column.name);
}

function isClientOfOperations(contract: FileContract, column: SourceColumn): boolean {
  return column.name === CLIENT_COLUMN && contract.table === "operations";
}

/** The first header of a name wins; a second one of the same meaning is left out. */
function placeColumns(
  names: readonly string[],
  spellings: ReadonlyMap<string, string>,
): readonly (string | null)[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const column = spellings.get(name);
    if (column === undefined || taken.has(column)) return null;
    taken.add(column);
    return column;
  });
}

function spellingsOf(columns: readonly SourceColumn[]): Map<string, string> {
  const found = new Map<string, string>();
  // Documented names first: an alias of one column never takes another column's own name.
  for (const column of columns) found.set(plain(column.name), column.name);
  for (const column of columns) {
    for (const alias of column.aliases) {
      const key = plain(alias);
      if (!found.has(key)) found.set(key, column.name);
    }
  }
  return found;
}

/**
 * Codes that B3 has changed. Read in several public repositories and not checked against B3's own notices; a
 * company that merged into another is no renaming, because its shareholders got another number of shares.
 */

/** The same share under another code, one for one. */
const RENAMED = {
  ALSO3: "ALOS3",
  CCRO3: "MOTV3",
  ELET3: "AXIA3",
  ELET6: "AXIA6",
  EMBR3: "EMBJ3",
  TRPL4: "ISAE4",
  VIIA3: "BHIA3",
  VVAR3: "VIIA3",
} as const;

/** Shares that became another number of others: only an operation of type `conversao` can say how many. */
const MERGED = {
  ARZZ3: "AZZA3",
  BRFS3: "MBRF3",
  BRML3: "ALOS3",
  CPLE6: "CPLE3",
  JBSS3: "JBSS32",
  MRFG3: "MBRF3",
  NTCO3: "NATU3",
  PETZ3: "AUAU3",
  SOMA3: "AZZA3",
} as const;

/** Every code that was left behind, with the one of today: chains of renamings are followed to their end. */
export const RENAMED_CODES: ReadonlyMap<string, string> = present(new Map(Object.entries(RENAMED)));
const MERGERS: ReadonlyMap<string, string> = new Map(Object.entries(MERGED));

/** The code of today; any other text is left alone. Takes canonical spellings only (`VVAR3`, not `vvar3f`). */
export function renamedCode(code: string): string {
  return RENAMED_CODES.get(code) ?? code;
}

/** The codes that a code of today had before, in no particular order. */
export function formerCodes(code: string): readonly string[] {
  return [...RENAMED_CODES].filter(([, now]) => now === code).map(([old]) => old);
}

/** What the shares under that code became in a merger or exchange; null where it is in none that is known. */
export function mergedInto(code: string): string | null {
  return MERGERS.get(code) ?? null;
}

function present(changes: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const ends = new Map<string, string>();
  for (const [old, next] of changes) {
    let code = next;
    // A chain is no longer than the table; a table that goes round in a circle stops at its last code.
    for (let step = 0; step < changes.size; step++) code = changes.get(code) ?? code;
    ends.set(old, code);
  }
  return ends;
}

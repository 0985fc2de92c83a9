import { B3_MOVEMENTS, B3_POSITIONS, B3_TRADES } from "./b3.ts";
import type { FileContract } from "./kind.ts";
import { OPERATIONS, POSITIONS } from "./operations.ts";
import { ACTIONS, CLIENTS, INSTRUMENTS, PRICES, YAHOO_HISTORY } from "./reference.ts";
import { TESOURO_PRICES } from "./tesouro.ts";

/** Every kind of file that is taken, by its name. */
export const FILE_CONTRACTS = {
  operations: OPERATIONS,
  positions: POSITIONS,
  b3_trades: B3_TRADES,
  b3_movements: B3_MOVEMENTS,
  b3_positions: B3_POSITIONS,
  prices: PRICES,
  yahoo_history: YAHOO_HISTORY,
  tesouro_prices: TESOURO_PRICES,
  clients: CLIENTS,
  instruments: INSTRUMENTS,
  actions: ACTIONS,
} as const satisfies Record<string, FileContract>;

export type ContractName = keyof typeof FILE_CONTRACTS;

/** The contract of a kind, as data. */
export function contractOf(kind: ContractName): FileContract {
  return FILE_CONTRACTS[kind];
}

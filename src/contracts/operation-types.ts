/** What an operations file may hold in `tipo`. The Portuguese words are the file's; the pipeline keeps them as they are. */
export const OPERATION_TYPES = [
  "compra",
  "venda",
  "subscricao",
  "dividendo",
  "jcp",
  "rendimento",
  "juros",
  "amortizacao",
  "bonificacao",
  "desdobramento",
  "grupamento",
  "fracao",
  "conversao",
  "transferencia_entrada",
  "transferencia_saida",
  "resgate",
  "vencimento",
  "come_cotas",
  "ir",
  "taxa",
  "aporte",
  "retirada",
] as const;

export type OperationType = (typeof OPERATION_TYPES)[number];

/** What the fold reads besides operations: a custody snapshot, which opens a position or is reconciled with it. */
export const SNAPSHOT = "custodia";

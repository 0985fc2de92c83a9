/** What a person should look at, in Portuguese: what it means and what to do. */

/** `asset`, then what a file states and what was computed, as quantities. */
type Say = (asset: string, expected: string, found: string) => string;

const codes = {
  sold_more_than_held: (asset, expected, found) =>
    `venda ou saída de ${expected} ${asset} com ${found} em carteira: confira se falta uma compra`,
  snapshot_differs: (asset, expected, found) =>
    `a custódia informa ${expected} ${asset} e as operações somam ${found}: vale o das operações; confira se falta uma`,
  cost_unknown: (asset) =>
    `${asset} entrou sem custo: informe-o no arquivo; até lá, preço médio e resultado ficam em branco`,
  rate_missing: (asset) =>
    `falta a taxa de câmbio de uma operação de ${asset}: carregue-a num arquivo de preços, como USDBRL`,
  cash_not_controlled: (asset) =>
    `lançamento de caixa (${asset}) de cliente sem controle de caixa não muda a carteira; para contá-lo, ponha controla_caixa = sim no arquivo de clientes`,
  nothing_held: (asset) =>
    `operação de ${asset} sem posição nesse dia não foi aplicada: confira se falta uma compra ou se a data está certa`,
  currency_differs: (asset) =>
    `operação de ${asset} em outra moeda que a da posição não foi aplicada: corrija a moeda e envie de novo`,
  incomplete: (asset) =>
    `falta a quantidade, o preço ou o valor de uma operação de ${asset}: complete a linha e envie de novo`,
  other_currency: (asset) =>
    `operação de ${asset} em outra moeda que a do ativo foi convertida pela taxa do dia: confira a moeda`,
  instrument_unknown: (asset) =>
    `${asset} não está cadastrado: carregue-o num arquivo de ativos, com classe e moeda`,
  price_missing: (asset) => `não há preço de ${asset}: carregue um arquivo de preços`,
  matured: (asset) => `${asset} venceu e continua na carteira: registre o vencimento ou o resgate`,
  curve_missing: (asset) =>
    `${asset} tem indexador e taxa em alguma operação, mas não em todas, ou falta o índice: sem isso não há valor na curva`,
  price_jump: (asset) =>
    `o preço de ${asset} mudou mais de 20% de um pregão a outro: confira o preço, e se falta um evento corporativo`,
  action_inferred: (asset) =>
    `desdobramento, grupamento ou bonificação de ${asset} só inferido, as quantidades não mudaram: veja com npx carteira actions --pending e confirme ou recuse`,
  split_not_in_ledger: (asset) =>
    `desdobramento ou grupamento de ${asset} só está nas operações: carregue-o num arquivo de eventos, para acertar os preços anteriores`,
} as const satisfies Readonly<Record<string, Say>>;

export const ptFindings = {
  findings: {
    merged: (asset: string, successor: string): string =>
      `${asset} virou ${successor} numa incorporação: lance a conversão (tipo conversao, ativo ${asset}>${successor}, fator do comunicado)`,
    codes: codes as Readonly<Record<string, Say>>,
    other: (code: string, asset: string) => `${code} (${asset}): confira esta linha`,
    row: (file: string, line: string) => `${file}, linha ${line}`,
    some: (count: string, several: boolean) => `${count} ${several ? "pontos" : "ponto"} a conferir`,
    none: "Nada a conferir.",
    all: (client: string) => `veja com npx carteira findings --as CORRETOR --client ${client}`,
    more: (count: string) => `… e mais ${count}: veja todos com --json, ou os de um cliente com --client.`,
    everybody: "todos",
    info: "informação",
    warning: "aviso",
  },
};

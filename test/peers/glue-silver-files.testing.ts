import iconv from "iconv-lite";
import type { TestFile } from "../../pipeline/ingest.testing.ts";
import { makeWorkbook } from "../../pipeline/silver/workbook.testing.ts";
import { OPERATION_TYPES } from "../../src/contracts/operation-types.ts";
import type { Scenario } from "./glue-silver.testing.ts";

/** Files of every kind and of every fault that a row can have, for comparing two engines. */

const lines = (...rows: readonly string[]): string => `${rows.join("\n")}\n`;

const CLIENTS: TestFile = [
  "clientes.csv",
  lines(
    "cliente;nome;corretor;perfil;validade_perfil;moeda_base;controla_caixa;email",
    "ana;Ana Souza;c1;moderado;31/12/2026;BRL;nao;ana@exemplo.com",
    "bia;Bia Lima;c1;;;dólar;SIM;",
    "cai;Caio Reis;c2;arrojado;2027-01-31;;x;caio.reis@exemplo.com.br",
    "d'ávila;Dora D'Ávila \\ filha;c2;;;€;não;",
    "eva;Eva #1;c2;;;u$s;0;eva@exemplo",
    "fábio;;c3;;;XYZ;talvez;fabio",
    "gil;Gil;c3;;31/02/2026;BRL;sim;a b@c.d",
    ";Sem Código;c3;;;BRL;;",
    "hugo;Hugo;c1;;;reais;true;",
    "ana;Ana Souza Lima;c1;conservador;31/12/2026;BRL;nao;ana@exemplo.com",
    "ivo;Ivo;c1;;;;;",
    "joão;João;c1;;;;;",
    "kátia;Kátia;c1;;;;;",
    "léo;Léo;c1;;;;;",
    "mel;Mel;c1;;;;;",
    ...Array.from({ length: 8 }, (_, n) => `cliente ${n};Cliente ${n};c4;;;;;`),
  ),
];

const OPERATIONS =
  "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas;fator;valor;hora;corretora;id;data_com;ir;indexador;taxa_juros;vencimento;emissor;observacao";

/** An operation of every type, with all that its type needs and some that it does not. */
function everyType(): readonly string[] {
  return OPERATION_TYPES.map((type, n) => {
    const day = `${String((n % 28) + 1).padStart(2, "0")}/0${(n % 3) + 1}/2026`;
    const conversion = type === "conversao";
    const factor =
      type === "desdobramento" ? "1:3" : type === "grupamento" ? "10:1" : conversion ? "1,5" : "";
    const cash = ["aporte", "retirada", "taxa", "ir"].includes(type);
    const asset = conversion ? "BRML3 -> alos3" : cash ? "" : n % 2 === 0 ? "petr4f" : "Tesouro IPCA+ 2035";
    return `ana;${day};${type};${asset};${n + 1};${n % 2 === 0 ? "30,12345678" : "1.030"};;${n},5;${factor};${n * 1_000},01;9:30;XP;t-${n};${day};0,15;CDI +;${n % 2 === 0 ? "-0,5" : "110"};31/12/2030;Banco X;nota ${n}`;
  });
}

const CURRENCIES = ["BRL", "usd", "R$", "US$", "€", "Dólar", "reais", "chf", ""];
const SPELLINGS = [
  "petr4",
  " PETR4.SA ",
  "Petr4F",
  "^BVSP",
  "usd/brl",
  "CAIXA-USD",
  "btc-usd",
  "BRK.B",
  "Cdb  Banco   Inter",
  "LFT 2029",
  "ntn-b principal 2035",
  "açúcar",
  "IGP-M",
  "ação 日本",
  "S&P 500",
  "ﬁ ß İ ΑΣ",
  "hglg11",
  "x".repeat(80),
];

const OWN_FILE: TestFile = [
  "operacoes.csv",
  lines(
    OPERATIONS,
    ...everyType(),
    ...CURRENCIES.map(
      (currency, n) => `bia;0${n + 1}/02/2026;compra;VALE3;${n + 1};1,5;${currency};;;;;;;;;;;;;`,
    ),
    ...SPELLINGS.map(
      (asset, n) => `cai;5/${(n % 3) + 1}/2026;Buy;${asset};1.000;US$ ${n},5;;;;;23:59:59;;;;;;;;;`,
    ),
    ...["% do CDI", "cdi+", "IPCA+", "Pré-fixado", "igp-m", "di", "SELIC", "120% CDI"].map(
      (index, n) => `hugo;0${n + 1}/03/2026;aplicacao;CDB X;1;1000;;;;;;;;;;${index};+6,25;2030-01-01;;`,
    ),
    'd\'ávila;05/01/2026;sell;PETR4;1,00000001;-;BRL;;;99,00;;"Corretora; a ""boa""";;;;;;;;"duas\nlinhas"',
    "ana;05/01/2026;compra;PETR4;100;30;BRL;;;;;;;;;;;;;",
    "ana;05/01/2026;compra;PETR4;100;30;BRL;;;;;;;;;;;;;gêmea",
    "ana;05/01/2026;compra;PETR4;100;30;BRL;;;;;;;;;;;;;",
    "ana;06/01/2026;compra;VALE3;1;60;BRL;;;;;;dup;;;;;;;",
    "ana;06/01/2026;compra;VALE3;2;60;BRL;;;;;;dup;;;;;;;",
    "ana;06/01/2026;compra;VALE3;3;60;BRL;;;;;;dup;;;;;;;",
    "zoé;05/01/2026;compra;PETR4;1;30;BRL;;;;;;;;;;;;;",
    "ana;05/01/2026;dividendo;PETR4;;;BRL;;;;;;;;;;;;;",
  ),
];

/** What is wrong with a row of operations, as the columns that differ from a good one. */
const FAULTS: readonly (readonly [column: string, text: string][])[] = [
  [["cliente", ""]],
  [["cliente", "ninguém"]],
  [["data", ""]],
  [["data", "31/02/2026"]],
  [["data", "01/01/0000"]],
  [["data", "amanhã"]],
  [["data", "5/1/26"]],
  [["data", "01/04/2026"]],
  [["data", "31/12/1989"]],
  [["data", "2200-01-01"]],
  [["data", "2026-01-05T00:00:00Z"]],
  [["data", "2026-01-05 10:00"]],
  [["hora", "24:00"]],
  [["hora", "7:5"]],
  [["quantidade", "dez"]],
  [["quantidade", "1.5"]],
  [["quantidade", "1.234,567.8"]],
  [["quantidade", "0,123456789"]],
  [["quantidade", "0,123456780"]],
  [["quantidade", "123.456.789.012.345"]],
  [["quantidade", "9".repeat(60)]],
  [["quantidade", "-5"]],
  [["quantidade", "5-"]],
  [["quantidade", "0"]],
  [["quantidade", ""]],
  [["quantidade", "１２"]],
  [["preco", "1e5"]],
  [
    ["preco", "US$ 10"],
    ["moeda", "BRL"],
  ],
  [
    ["preco", "R$ 10"],
    ["moeda", "USD"],
  ],
  [["preco", ""]],
  [
    ["taxas", "-1"],
    ["moeda", "XXQ"],
  ],
  [["taxa_juros", "1.000.000.000,5"]],
  [["ativo", ""]],
  [["ativo", "???"]],
  [["ativo", "A > B > C"]],
  [["ativo", "PETR4>VALE3"]],
  [["ativo", "y".repeat(81)]],
  [["tipo", ""]],
  [["tipo", "troca"]],
  [["tipo", "conversao"]],
  [
    ["tipo", "dividendo"],
    ["preco", ""],
  ],
  [
    ["tipo", "aporte"],
    ["quantidade", ""],
  ],
  [
    ["tipo", "resgate"],
    ["quantidade", ""],
  ],
  [["tipo", "desdobramento"]],
  [
    ["tipo", "desdobramento"],
    ["fator", "2:1"],
  ],
  [
    ["tipo", "grupamento"],
    ["fator", "1:2"],
  ],
  [
    ["tipo", "grupamento"],
    ["fator", "0:2"],
  ],
  [
    ["tipo", "conversao"],
    ["fator", "um"],
  ],
  [["indexador", "poupança"]],
  [["vencimento", "1/1/2300"]],
  [["data_com", "ontem"]],
];

function faulty(fault: readonly (readonly [column: string, text: string])[]): string {
  const columns = OPERATIONS.split(";");
  const good: Record<string, string> = {
    cliente: "ana",
    data: "05/01/2026",
    tipo: "compra",
    ativo: "PETR4",
    quantidade: "1.000,5",
    preco: "30,50",
    observacao: 'esta, "aspas" e #',
  };
  for (const [column, text] of fault) good[column] = text;
  return columns.map((column) => `"${(good[column] ?? "").replaceAll('"', '""')}"`).join(";");
}

const LONG_LINE = `ana;05/01/2026;compra;PETR4;1;30;BRL;;;;;${"z".repeat(1_100_000)};;;;;;;;`;
const FAULTY: TestFile = [
  "defeitos.csv",
  lines(
    OPERATIONS,
    ...FAULTS.map(faulty),
    LONG_LINE,
    `ana;05/01/2026;compra;PETR4;1;30${";".repeat(20)}a mais`,
    'ana;05/01/2026;compra;"PETR4;1;30',
  ),
];

/** Good enough to be taken: one row in five has a fault. */
const MOSTLY_GOOD: TestFile = [
  "quase.csv",
  lines(
    OPERATIONS,
    ...FAULTS.flatMap((fault, n) => [
      faulty(fault),
      ...Array.from({ length: 5 }, (_, i) => `ana;05/01/2026;compra;PETR4;${n + 1};${i + 1};;;;;;;;;;;;;;`),
    ]),
  ),
];

const ACTIONS: TestFile = [
  "eventos.csv",
  lines(
    "ativo;data;tipo;fator;situacao;fonte;custo;valor",
    "MGLU3;27/05/2024;grupamento;10:1;;;;",
    "ITUB4;18/03/2025;bonus;1,1;Inferida;Yahoo;;",
    "PETR4;05/01/2126;dividendo;;;;;0,75",
    "VALE3;05/01/2026;bonificacao;1,05;rejected;ΑΣ;5,50;",
    ...Array.from(
      { length: 28 },
      (_, n) => `ABCD3;${String(n + 1).padStart(2, "0")}/01/2026;split;1:${n + 2};;;;`,
    ),
    "PETR4;05/01/2026;provento;1:2;;;;0,75",
    "PETR4;05/01/2026;provento;;;;;",
    "PETR4;06/01/2026;desdobramento;;;;;",
    "PETR4;07/01/2026;desdobramento;1:2;;;5,00;",
    "PETR4;08/01/2026;desdobramento;1:2;;;;5,00",
    "PETR4;09/01/2026;bonificacao;1;;;;",
    "PETR4;10/01/2026;grupamento;1:2;talvez;;;",
  ),
];

const PRICES: readonly TestFile[] = [
  [
    "precos.csv",
    lines(
      "data;ativo;preco;moeda;fonte",
      "05/01/2026;petr4.sa;R$ 30,50;BRL;",
      "05/01/2026;USD/BRL;5,4321;BRL;Ptax",
      "05/01/2026;CDI;0,055131;%;YAHOO",
      "01/12/2025;IPCA;-0,31;;İΣ ΣΑΣ",
      "05/01/2026;PETR4;30,50;BRL;arquivo",
      "06/01/2026;VALE3;+60,5;;",
      "07/01/2026;VALE3;,5;;",
      "08/01/2026;VALE3;007;;",
      "09/01/2026;VALE3;1.250;;",
      "10/01/2026;VALE3;-1;;",
    ),
  ],
  [
    "prices-point.csv",
    'date,ticker,close,currency\n2026-01-05,KO,"1,234.56",USD\n2026-01-06,KO,0.5,USD\n2026-01-07,KO,60.1250,\n2026-01-08,KO,"1.234,5",USD\n2026-01-09,KO,1,USD\n2026-01-10,KO,1.5,USD\n',
  ],
  ["precos.tsv", "data\tativo\tpreco\tmoeda\n05/01/2026\tITUB4\t28,5\tBRL\r\n06/01/2026\tITUB4\t28,75\t\r\n"],
  ["sgs-12.json", '[{"data":"02/01/2026","valor":"0.055131"},{"data":"05/01/2026","valor":"0.055131"}]'],
  [
    "ipca.json",
    '[{"data":"01/01/2026","valor":"-0.12"},{"data":"01/02/2026","valor":"x"},{"data":"01/03/2026","valor":"0.3"}]',
  ],
  [
    "PETR4.SA.csv",
    "date,open,high,low,close,adj_close,volume\n2026-01-05,30.1,30.9,29.9,30.540000915527344,28.1,100\n2026-01-06,,,,,,\n2026-01-07,31,31,31,31.005,31,1\n2026-01-08,31,31,31,0.000000005,31,1\n2026-01-09,31,31,31,0.0000000049999999999999999999999999999999999999999,31,1\n2026-01-12,1,1,1,1,1,1\n2026-01-13,1,1,1,1,1,1\n",
  ],
];

const TREASURY: TestFile = [
  "PrecoTaxaTesouroDireto.csv",
  lines(
    "Tipo Titulo;Data Vencimento;Data Base;Taxa Compra Manha;Taxa Venda Manha;PU Compra Manha;PU Venda Manha;PU Base Manha",
    "Tesouro IPCA+;15/05/2035;02/06/2025;7,16;7,28;2279,12;2253,15;2253,15",
    "Tesouro Selic;01/03/2029;02/06/2025;0,04;0,05;16587,42;0,00;16569,70",
    "Tesouro Renda+ Aposentadoria Extra;15/12/2049;02/06/2025;6,9;7,02;1800,10;1790,55;1790,55",
    "Tesouro Educa+;2030-12-15;02/06/2025;7,4;7,52;3200,10;;3190,55",
    ...Array.from(
      { length: 28 },
      (_, n) => `Tesouro Selic;01/03/2031;${String(n + 1).padStart(2, "0")}/07/2025;0;0;1;165${n},16;1`,
    ),
    "Tesouro Selic;01/03/2029;03/06/2025;0,04;0,05;0,00;0,00;0,00",
    "Tesouro Educa+;15/01/2030;02/06/2025;7,4;7,52;3200,10;3190,55;3190,55",
    "Tesouro Reserva;15/01/2030;02/06/2025;7,4;7,52;3200,10;3190,55;3190,55",
    "Tesouro Prefixado;01/01/2024;02/06/2023;13,6;13,7;490,12;488,03;488,03",
    "Tesouro Prefixado;01/07/2024;02/06/2023;13,6;13,7;490,12;488,03;488,03",
    "Tesouro Prefixado;01/04/2008;02/06/2006;13,6;13,7;790,12;788,03;788,03",
    "Tesouro Prefixado;15/05/20.5;02/06/2006;13,6;13,7;790,12;788,03;788,03",
  ),
];

const INSTRUMENTS: TestFile = [
  "ativos.csv",
  lines(
    "ativo;nome;classe;setor;moeda;emissor;simbolo_yahoo;apelidos",
    "CDB AZUL 2028;CDB Banco Azul;CDB;;BRL;Banco Azul;nenhum;azul ; o azul|azulão,cdb",
    "KO;Coca-Cola;ação no exterior;Consumo;USD;;KO;coca|coca-cola",
    "FUNDO ALFA;Fundo Alfa;Fundo de Investimento;;;Gestora;None;",
    "HGLG11;Logística;reit;;;;;",
    "PEP;Pepsi;stock;;;;;",
    "A>B;Troca;acao;;;;;",
    ...Array.from({ length: 24 }, (_, n) => `WXYZ${n + 3}`).map((code) => `${code};${code};ações;;;;;`),
    ";Nada;acao;;;;;",
    "XPTO3;;papel;;QQQ;;;",
  ),
];

const POSITIONS: TestFile = [
  "posicoes.csv",
  lines(
    "cliente;data;ativo;quantidade;preco_medio;moeda;corretora",
    "ana;30/12/2025;PETR4;100;38,70;BRL;XP",
    "bia;30/12/2025;ITUB4;600;;BRL;",
    "bia;30/12/2025;VALE3;;60;BRL;",
    "bia;30/12/2025;A>B;1;60;BRL;",
    ...Array.from({ length: 10 }, (_, n) => `cai;30/12/2025;ABCD${(n % 8) + 3};${n};1;;BTG`),
  ),
];

const TRADES: TestFile = [
  "negociacao.csv",
  lines(
    "Data do Negócio;Tipo de Movimentação;Mercado;Prazo/Vencimento;Instituição;Código de Negociação;Quantidade;Preço (R$);Valor Total (R$)",
    "02/01/2026;Compra;Mercado à Vista;-;XP INVESTIMENTOS;PETR4;100;R$ 30,50;R$ 3.050,00",
    "05/01/2026;Compra;Mercado à Vista;-;XP INVESTIMENTOS;PETR4;50;R$ 30,50;R$ 1.525,00",
    "05/01/2026;Venda;Mercado Fracionário;-;XP INVESTIMENTOS;PETR4F;7;R$ 31,123456785;R$ 217,00",
    ...Array.from(
      { length: 5 },
      (_, n) => `0${n + 5}/01/2026;COMPRA;MERCADO A VISTA;-;XP;VALE3;${n + 1};60,00;60,00`,
    ),
    "05/01/2026;Compra;Opção de Compra;16/01/2026;XP;PETRA300;100;1,00;100,00",
  ),
];

const MOVEMENTS: TestFile = [
  "movimentacao.csv",
  lines(
    "Entrada/Saída;Data;Movimentação;Produto;Instituição;Quantidade;Preço unitário;Valor da Operação",
    "Credito;06/01/2026;Transferência - Liquidação;PETR4 - PETROBRAS;XP;100;30,50;3.050,00",
    "Credito;07/01/2026;Transferência - Liquidação;PETR4 - PETROBRAS;XP;60,5;30,50;1.830,00",
    "Debito;08/01/2026;Transferência - Liquidação;WEGE3 - WEG;XP;60;30,50;1.830,00",
    "Credito;06/01/2026;Dividendo;BBAS3 - BANCO DO BRASIL S/A;XP;100;R$ 0,50;R$ 50,00",
    "Credito;06/01/2026;Juros Sobre Capital Próprio;BBAS3 - BB;XP;100;0,20;17,00",
    "Credito;08/01/2026;Desdobro;PETR4 - PETROLEO BRASILEIRO S/A;XP;100;-;-",
    "Debito;08/01/2026;Fração em Ativos;ITSA4 - ITAUSA S/A;XP;0,4;-;-",
    "Debito;12/01/2026;Transferência;PETR4 - PETROLEO BRASILEIRO S/A;XP;10;-;-",
    "Credito;12/01/2026;COMPRA / VENDA;Tesouro Selic 2029;XP;0,5;15.000,00;7.500,00",
    "Credito;13/01/2026;COMPRA / VENDA;CDB - CDB123ABC - BANCO INTER S/A;XP;1.000;1,00;1.000,00",
    "Debito;14/01/2026;VENCIMENTO;cdb - CDB999 - ;XP;1.000;1,05;1.050,00",
    ...Array.from(
      { length: 20 },
      (_, n) => `Credito;06/01/2026;Rendimento;HGLG11 - LOG;XP;${n + 1};0,50;50,00`,
    ),
    "Credito;06/01/2026;Dividendo;BBAS3 - BB;XP;100;-;-",
    "Credito;06/01/2026;Atualização;BBAS3 - BB;XP;100;-;-",
    "Talvez;06/01/2026;Dividendo;BBAS3 - BB;XP;100;0,50;50,00",
    "Credito;06/01/2026;Grupamento;BBAS3 - BB;XP;10;-;-",
    "Credito;08/01/2026;Desdobro;PETR4 - PETROLEO;XP;-;-;-",
  ),
];

const CUSTODY: TestFile = [
  "posicao-2026-02-27.csv",
  lines(
    "Produto;Instituição;Conta;Código de Negociação;Tipo;Quantidade;Quantidade Disponível;Preço de Fechamento;Valor Atualizado",
    "PETR4 - PETROBRAS;XP;1;PETR4;PN;100;100;30,50;3.050,00",
    "CDB - CDB1 - BANCO;XP;1;;;1.000;100;30,50;3.050,00",
    ";;;;;;;;",
    ";;;;;;;Total;3.050,00",
    "Total;;;;;5;;;3.050,00",
  ),
];

const WORKBOOKS: readonly TestFile[] = [
  [
    "operações.xlsx",
    makeWorkbook([
      [
        "Operações",
        [
          ["Relatório da corretora"],
          [],
          [
            "cliente",
            "data",
            "tipo",
            "ativo",
            "quantidade",
            "preco",
            "moeda",
            "taxas",
            "hora",
            "id",
            "observacao",
          ],
          ["ana", 46_027, "compra", "PETR4", 1000, 30.1, "BRL", 0.1 + 0.2, 0.4375, 7, "uma\nlinha"],
          [
            "ana",
            { serial: 46_028 },
            "compra",
            "PETR4",
            0.00000001,
            20.123456789,
            "BRL",
            null,
            null,
            null,
            null,
          ],
          ["ana", "08/01/2026", "venda", "PETR4", "1.250", "R$ 31,25", "BRL", "1,5", "10:30", "a-1", true],
          ["ana", "08/01/2026", "venda", "PETR4", "muitas", 1, "BRL", null, null, "a-2", 'tem; # e "aspas"'],
          ["ana", 46_030, "venda", "PETR4", 1, 1, "BRL", null, null, "a-3", null],
          ["ana", 46_030, "venda", "PETR4", 2, 1, "BRL", null, null, "a-4", null],
        ],
      ],
    ]),
  ],
];

const CUSTODY_BOOK: TestFile = [
  "posicao.xlsx",
  makeWorkbook([
    [
      "Acoes",
      [
        ["Produto", "Instituição", "Conta", "Código de Negociação", "Quantidade", "Quantidade Disponível"],
        ["PETR4 - PETROBRAS", "XP", "1", "PETR4", 100, 100],
        ["VALE3 - VALE", "XP", "1", "VALE3", "cem", 100],
        [null, null, null, null, null, "Total"],
      ],
    ],
    [
      "Resumo",
      [
        ["Qualquer", "coisa"],
        ["a", "b"],
      ],
    ],
    [
      "Renda Fixa",
      [
        [
          "Produto",
          "Instituição",
          "Código",
          "Emissor",
          "Indexador",
          "Vencimento",
          "Quantidade",
          "Quantidade Disponível",
        ],
        ["CDB - CDB1 - BANCO", "XP", "CDB1", "Banco", "DI", 47_000, 5, 5],
        ["LCI - LCI1 - BANCO", "XP", "", "", "poupança", "01/02/2030", 7.5, 5],
        ["LCI - LCI2 - BANCO", "XP", "", "", "IPCA", "01/02/2030", 7.5, 5],
        ["LCI - LCI3 - BANCO", "XP", "", "", "PRE", "01/02/2030", 7.5, 5],
      ],
    ],
  ]),
];

const CLOTHES = lines(
  "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas;observacao",
  "joão;05/01/2026;aporte;;1.000;;BRL;0;ação — “aspas” €",
  "joão;06/01/2026;compra;AÇÚCAR;10;1.234,56;BRL;0;",
  "joão;06/01/2026;compra;AÇÚCAR;10;1.234,56;BRL;0;",
);

/** One home that all kinds of file are loaded into, in every encoding. */
export const KINDS: Scenario = {
  name: "kinds",
  runs: [
    [
      {
        files: [
          CLIENTS,
          INSTRUMENTS,
          ACTIONS,
          ...PRICES,
          TREASURY,
          OWN_FILE,
          ["latin-1.csv", iconv.encode(CLOTHES.replace("—", "-"), "latin1")],
          [
            "windows.csv",
            iconv.encode(CLOTHES.replaceAll("joão", "léo").replaceAll("\n", "\r\n"), "windows-1252"),
          ],
          ["utf-16.csv", Buffer.from(`\ufeff${CLOTHES.replaceAll("joão", "kátia")}`, "utf16le")],
          ["tabs.csv", `Título\n\n${CLOTHES.replaceAll("joão", "mel").replaceAll(";", "\t")}`],
          ...WORKBOOKS,
          POSITIONS,
        ],
      },
      { files: [TRADES, MOVEMENTS, CUSTODY, CUSTODY_BOOK], options: { clientId: "ana" } },
    ],
    [
      { files: [FAULTY, MOSTLY_GOOD] },
      { files: [["defects.csv", FAULTY[1]]], options: { language: "en" } },
      // Of the same trades again, with the warnings in English.
      { files: [["movements.csv", MOVEMENTS[1]]], options: { clientId: "ana", language: "en" } },
      { files: [["quase-de-novo.csv", MOSTLY_GOOD[1]]] },
    ],
  ],
};

const header = "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas";
const withIds = (name: string, ...rows: (readonly [string, number])[]): TestFile => [
  name,
  lines(`${header};id`, ...rows.map(([id, n]) => `ana;05/01/2026;compra;PETR4;${n};30;BRL;0;${id}`)),
];
const withoutIds = (name: string, ...quantities: readonly number[]): TestFile => [
  name,
  lines(header, ...quantities.map((n) => `ana;05/01/2026;compra;PETR4;${n};30;BRL;0`)),
];
const priced = (name: string, price: string): TestFile => [
  name,
  `data;ativo;preco\n05/01/2026;PETR4;${price}\n`,
];
const PEOPLE: TestFile = ["clientes.csv", "cliente;nome;corretor\nana;Ana;c1\nbia;Bia;c1\ncai;Caio;c2\n"];

/** Files that repeat, correct and replace each other, within a run and from one run to the next. */
export const CORRECTIONS: Scenario = {
  name: "corrections",
  runs: [
    [
      { files: [PEOPLE, priced("p1.csv", "30,00"), priced("p2.csv", "30"), priced("p3.csv", "31,00")] },
      { files: [withIds("i1.csv", ["a", 1], ["b", 2])] },
      { files: [withIds("i2.csv", ["b", 3], ["c", 4], ["c", 5])] },
      { files: [withIds("i1-de-novo.csv", ["a", 1], ["b", 2])] },
      { files: [withoutIds("jan.csv", 1, 1, 2)] },
      { files: [withoutIds("jan-de-novo.csv", 1, 1, 2)] },
      { files: [withoutIds("fev.csv", 1, 1, 1, 3)] },
      { files: [withIds("i3.csv", ["a", 9], ["d", 4])], replaces: "i2.csv" },
      { files: [withIds("i4.csv", ["e", 1])], replaces: "i2.csv" },
    ],
    [
      { files: [["people.csv", "cliente;nome;corretor\nana;Ana Maria;c1\nduda;Duda;c3\n"]] },
      { files: [priced("p4.csv", "30")] },
      { files: [withoutIds("fev-menor.csv", 1, 1)], replaces: "fev.csv" },
      { files: [withoutIds("sem-nada-novo.csv", 1)], replaces: "jan.csv" },
      { files: [withIds("outra-tabela.csv", ["z", 1])], replaces: "p4.csv" },
      { files: [withIds("i2-de-novo.csv", ["b", 3], ["c", 4], ["c", 5])] },
      { files: [["mais-de-um-quinto.csv", `${withIds("", ["x", 1], ["y", 1])[1]}ana;x;y;z\n`]] },
      { files: [["mau-substituto.csv", `${header}\nana;x;y;z\n`]], replaces: "i3.csv" },
      { files: [withoutIds("mar.csv", 7, 7, 2)] },
    ],
  ],
};

const C1 = { admin: false, userId: "c1", brokers: ["c1"] } as const;

/** Who may send what, and files that can't be taken at all. */
export const SENDERS: Scenario = {
  name: "senders",
  runs: [
    [
      { files: [PEOPLE] },
      { files: [withIds("minha.csv", ["a", 1])], options: C1 },
      {
        files: [
          [
            "de-todos.csv",
            lines(
              header,
              ...["ana", "bia", "bia", "ana", "cai"].map(
                (id, n) => `${id};05/01/2026;compra;VALE3;${n + 1};1;;`,
              ),
            ),
          ],
        ],
        options: C1,
      },
      {
        files: [
          [
            "sem-cliente.csv",
            lines(header.slice(8), "05/01/2026;compra;VALE3;1;1;;", "06/01/2026;venda;VALE3;1;1;;"),
          ],
        ],
        options: { ...C1, clientId: "bia" },
      },
      {
        files: [["alheia.csv", lines(header.slice(8), "05/01/2026;compra;VALE3;1;1;;")]],
        options: { ...C1, clientId: "cai", language: "en" },
      },
      {
        files: [["de-ninguem.csv", lines(header, "ana;05/01/2026;compra;VALE3;1;1;;")]],
        options: { ...C1, brokers: [] },
      },
      { files: [["precos.csv", priced("", "1")[1]]], options: C1 },
      { files: [["n1.csv", TRADES[1]]], options: { ...C1, clientId: "cai" } },
      { files: [["n2.csv", TRADES[1]]], options: { ...C1, clientId: "xyz", language: "en" } },
      { files: [["n3.csv", TRADES[1]]], options: { ...C1, clientId: "bia" } },
      { files: [["n4.csv", TRADES[1]]], options: C1 },
      {
        files: [["posicao.csv", lines("Produto;Instituição;Quantidade;Quantidade Disponível", "Total;;;")]],
        options: { ...C1, clientId: "bia" },
      },
      {
        files: [
          ["vazio.csv", ""],
          ["so-cabecalho.csv", `${header}\n`],
          ["outro.csv", "a;b\n1;2\n"],
          ["binario.csv", Buffer.from([1, 0, 2])],
          ["^^.csv", "date,open,high,low,close\n2026-01-05,1,1,1,1\n"],
        ],
      },
      { files: [["forcado.csv", "data;ativo;preco\n05/01/2026;PETR4;1\n"]], options: { kind: "operations" } },
      { files: [withIds("de-outro.csv", ["a", 2])], options: { ...C1, userId: "c2" }, replaces: "minha.csv" },
      { files: [withIds("meu.csv", ["a", 3])], options: C1, replaces: "minha.csv" },
      { files: [withIds("do-dono.csv", ["a", 4])], replaces: "meu.csv" },
    ],
  ],
};

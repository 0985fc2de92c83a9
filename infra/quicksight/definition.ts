import type { CfnDashboard } from "aws-cdk-lib/aws-quicksight";
import { DATA_SETS } from "./data-sets.ts";

/** The dashboard's one page. Its words are for people, so they are Portuguese. */

type Visual = CfnDashboard.VisualProperty;

interface Field {
  readonly set: string;
  readonly column: string;
}

/** Width of the page, and of half of it. */
const FULL = 36;
const HALF = FULL / 2;
/** Whole reais: a broker's book is read at a glance. */
const REAIS = {
  formatConfiguration: {
    currencyDisplayFormatConfiguration: { symbol: "BRL", decimalPlacesConfiguration: { decimalPlaces: 0 } },
  },
};

const id = (name: string) => `carteira-${name}`;
const column = ({ set, column: columnName }: Field) => ({ dataSetIdentifier: set, columnName });
const fieldId = ({ set, column: name }: Field) => `${set}.${name}`;
const titled = (text: string) => ({ visibility: "VISIBLE", formatText: { plainText: text } });

function category(field: Field) {
  return { categoricalDimensionField: { fieldId: fieldId(field), column: column(field) } };
}

function date(field: Field, dateGranularity: "DAY" | "MONTH") {
  return { dateDimensionField: { fieldId: fieldId(field), column: column(field), dateGranularity } };
}

function sum(field: Field) {
  return {
    numericalMeasureField: {
      fieldId: fieldId(field),
      column: column(field),
      aggregationFunction: { simpleNumericalAggregation: "SUM" },
      formatConfiguration: REAIS,
    },
  };
}

function count(field: Field) {
  return {
    categoricalMeasureField: {
      fieldId: `${fieldId(field)}.count`,
      column: column(field),
      aggregationFunction: "COUNT",
    },
  };
}

const largestFirst = (field: string) => [{ fieldSort: { fieldId: field, direction: "DESC" } }];

const of =
  (set: string) =>
  (name: string): Field => ({ set, column: name });
const clients = of("clientes");
const days = of("dias");
const positions = of("posicoes");
const flows = of("fluxos");
const findings = of("pendencias");

const VISUALS: readonly { readonly width: number; readonly height: number; readonly visual: Visual }[] = [
  {
    width: HALF,
    height: 6,
    visual: {
      kpiVisual: {
        visualId: id("total"),
        title: titled("Patrimônio no último fechamento"),
        chartConfiguration: {
          fieldWells: { values: [sum(clients("value"))], targetValues: [], trendGroups: [] },
        },
      },
    },
  },
  {
    width: HALF,
    height: 6,
    visual: {
      kpiVisual: {
        visualId: id("pendencias"),
        title: titled("Pendências a conferir"),
        chartConfiguration: {
          fieldWells: { values: [count(findings("code"))], targetValues: [], trendGroups: [] },
        },
      },
    },
  },
  {
    width: FULL,
    height: 10,
    visual: {
      lineChartVisual: {
        visualId: id("evolucao"),
        title: titled("Patrimônio por pregão"),
        chartConfiguration: {
          type: "AREA",
          fieldWells: {
            lineChartAggregatedFieldWells: {
              category: [date(days("date"), "DAY")],
              values: [sum(days("value"))],
            },
          },
        },
      },
    },
  },
  {
    width: HALF,
    height: 10,
    visual: {
      barChartVisual: {
        visualId: id("corretores"),
        title: titled("Patrimônio por assessor"),
        chartConfiguration: {
          orientation: "HORIZONTAL",
          fieldWells: {
            barChartAggregatedFieldWells: {
              category: [category(clients("broker_id"))],
              values: [sum(clients("value"))],
            },
          },
          sortConfiguration: { categorySort: largestFirst("clientes.value") },
        },
      },
    },
  },
  {
    width: HALF,
    height: 10,
    visual: {
      pieChartVisual: {
        visualId: id("classes"),
        title: titled("Alocação por classe"),
        chartConfiguration: {
          donutOptions: { arcOptions: { arcThickness: "MEDIUM" } },
          fieldWells: {
            pieChartAggregatedFieldWells: {
              category: [category(positions("class"))],
              values: [sum(positions("value"))],
            },
          },
          sortConfiguration: { categorySort: largestFirst("posicoes.value") },
        },
      },
    },
  },
  {
    width: HALF,
    height: 10,
    visual: {
      barChartVisual: {
        visualId: id("fluxos"),
        title: titled("Aportes menos retiradas, por mês"),
        chartConfiguration: {
          orientation: "VERTICAL",
          fieldWells: {
            barChartAggregatedFieldWells: {
              category: [date(flows("date"), "MONTH")],
              values: [sum(flows("flow_base"))],
            },
          },
        },
      },
    },
  },
  {
    width: HALF,
    height: 10,
    visual: {
      barChartVisual: {
        visualId: id("achados"),
        title: titled("Pendências por tipo"),
        chartConfiguration: {
          orientation: "HORIZONTAL",
          barsArrangement: "STACKED",
          fieldWells: {
            barChartAggregatedFieldWells: {
              category: [category(findings("code"))],
              colors: [category(findings("severity"))],
              values: [count(findings("client_id"))],
            },
          },
        },
      },
    },
  },
  {
    width: FULL,
    height: 12,
    visual: {
      tableVisual: {
        visualId: id("lista"),
        title: titled("Clientes, do maior para o menor"),
        chartConfiguration: {
          fieldWells: {
            tableAggregatedFieldWells: {
              groupBy: [
                category(clients("broker_id")),
                category(clients("client_id")),
                category(clients("name")),
              ],
              values: [sum(clients("value"))],
            },
          },
          sortConfiguration: { rowSort: largestFirst("clientes.value") },
        },
      },
    },
  },
];

/** The page over data sets given by their ARNs, in the order of DATA_SETS. */
export function definitionOf(
  dataSetArns: readonly string[],
): CfnDashboard.DashboardVersionDefinitionProperty {
  return {
    dataSetIdentifierDeclarations: DATA_SETS.map((set, at) => ({
      identifier: set.id,
      dataSetArn: dataSetArns[at] ?? "",
    })),
    sheets: [
      {
        sheetId: id("visao-geral"),
        name: "Visão geral",
        visuals: VISUALS.map(({ visual }) => visual),
        layouts: [
          {
            configuration: {
              gridLayout: {
                elements: VISUALS.map(({ visual, width, height }) => ({
                  elementId: idOf(visual),
                  elementType: "VISUAL",
                  columnSpan: width,
                  rowSpan: height,
                })),
              },
            },
          },
        ],
      },
    ],
  };
}

/** A visual is one of many kinds, each under a name of its own. */
function idOf(visual: Visual): string {
  const [kind] = Object.values(visual);
  return (kind as { readonly visualId: string }).visualId;
}

import { Stack } from "aws-cdk-lib";
import * as glue from "aws-cdk-lib/aws-glue";
import { Construct } from "constructs";
import { type CatalogueTable, catalogueTables } from "../src/contracts/catalogue.ts";

/** How Hive reads and writes a format. */
const FORMATS: Readonly<
  Record<
    CatalogueTable["format"],
    { readonly input: string; readonly output: string; readonly serde: string }
  >
> = {
  parquet: {
    input: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
    output: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
    serde: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
  },
  text: {
    input: "org.apache.hadoop.mapred.TextInputFormat",
    output: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
    serde: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
  },
};
/** A character that no line has, so that the whole line is the first column. */
const NO_DELIMITER = "\u0001";
/** What the catalogue takes of a comment. */
const COMMENT_CHARACTERS_MAX = 255;

/** The Glue catalogue of the lake: every table of the contract, by projection, so that nothing ever crawls or registers. */
export class Catalogue extends Construct {
  readonly database: string;

  constructor(
    scope: Construct,
    id: string,
    { database, bucket }: { readonly database: string; readonly bucket: string },
  ) {
    super(scope, id);
    this.database = database;
    const { account } = Stack.of(this);
    const made = new glue.CfnDatabase(this, "Database", {
      catalogId: account,
      databaseInput: { name: database, description: "The lake of Carteira, from its contract" },
    });
    for (const table of catalogueTables(bucket)) {
      new glue.CfnTable(this, table.name, {
        catalogId: account,
        databaseName: database,
        tableInput: tableInputOf(table),
      }).addResourceDependency(made);
    }
  }
}

/** A table of the contract as the catalogue takes it. */
export function tableInputOf(table: CatalogueTable): glue.CfnTable.TableInputProperty {
  const { name, description, columns, partitionKeys, location, parameters, format } = table;
  const { input, output, serde } = FORMATS[format];
  return {
    name,
    description,
    tableType: "EXTERNAL_TABLE",
    parameters: { EXTERNAL: "TRUE", ...parameters },
    partitionKeys: partitionKeys.map(commented),
    storageDescriptor: {
      columns: columns.map(commented),
      location,
      inputFormat: input,
      outputFormat: output,
      serdeInfo: {
        serializationLibrary: serde,
        parameters: format === "text" ? { "field.delim": NO_DELIMITER } : { "serialization.format": "1" },
      },
    },
  };
}

function commented({ name, type, comment }: CatalogueTable["columns"][number]) {
  return { name, type, comment: comment.slice(0, COMMENT_CHARACTERS_MAX) };
}

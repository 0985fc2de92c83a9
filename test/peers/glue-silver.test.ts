import { describe, expect, it } from "vitest";
import { compareSilver, silverTable } from "./glue-silver.testing.ts";

const PYTHON = process.env["CARTEIRA_GLUE_PYTHON"];

describe.skipIf(PYTHON === undefined)("silver in Spark", () => {
  it("smoke", async () => {
    const compared = await compareSilver(
      [
        {
          name: "smoke",
          runs: [
            [
              {
                files: [
                  [
                    "clientes.csv",
                    "cliente;nome;corretor\nana;Ana Souza;c1\nbia;Bia Lima;c1\ncai;Caio Reis;c2\n",
                  ],
                ],
              },
              {
                files: [
                  [
                    "ops.csv",
                    "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas\nana;05/01/2026;compra;PETR4;100;30,5;BRL;0\nana;05/01/2026;Compra;petr4f;100;30,5;BRL;\nbia;5/1/2026;venda;vale3;1.000;R$ 60,12345678;;1,5\nzoe;05/01/2026;compra;PETR4;1;1;;\nana;31/02/2026;compra;PETR4;1;x;;\na;b;c;d;e;f;g;h;i\nana;06/01/2026;dividendo;PETR4;10;1;;\nana;06/01/2026;dividendo;PETR4;10;2;;\nana;06/01/2026;dividendo;PETR4;10;3;;\nana;06/01/2026;dividendo;PETR4;10;4;;\nana;06/01/2026;dividendo;PETR4;10;5;;\nana;06/01/2026;dividendo;PETR4;10;6;;\nana;06/01/2026;dividendo;PETR4;10;7;;\nana;06/01/2026;dividendo;PETR4;10;8;;\nana;06/01/2026;dividendo;PETR4;10;9;;\n",
                  ],
                ],
              },
            ],
          ],
        },
      ],
      PYTHON ?? "",
    );
    console.info(silverTable(compared));
    expect(compared.flatMap(({ differences }) => differences)).toEqual([]);
  }, 300_000);
});

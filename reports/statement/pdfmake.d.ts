/**
 * What is used of the layout engine. Its published types bring the types of browsers with them, which the rest of this
 * program must not see.
 */
declare module "pdfmake/js/index.js" {
  interface Common {
    readonly margin?: readonly number[];
    readonly width?: number | "auto" | "*";
    readonly alignment?: "left" | "right" | "center";
    readonly fontSize?: number;
    readonly lineHeight?: number;
    readonly color?: string;
    readonly bold?: boolean;
    readonly noWrap?: boolean;
    readonly unbreakable?: boolean;
    readonly columnGap?: number;
    readonly colSpan?: number;
  }
  interface TextNode extends Common {
    readonly text: string | readonly Content[];
  }
  interface StackNode extends Common {
    readonly stack: readonly Content[];
  }
  interface ColumnsNode extends Common {
    readonly columns: readonly Content[];
  }
  interface ImageNode extends Common {
    readonly image: string;
  }
  interface CanvasNode extends Common {
    readonly canvas: readonly Readonly<Record<string, string | number>>[];
  }
  interface TableNode extends Common {
    readonly table: {
      readonly headerRows?: number;
      readonly keepWithHeaderRows?: number;
      readonly dontBreakRows?: boolean;
      readonly widths: readonly (number | "auto" | "*")[];
      /** An empty object stands for a cell that another one spans. */
      readonly body: readonly (readonly (Content | Readonly<Record<string, never>>)[])[];
    };
    readonly layout: TableLayout;
  }
  export type Content = TextNode | StackNode | ColumnsNode | ImageNode | CanvasNode | TableNode;

  export interface TableLayout {
    readonly hLineWidth?: (line: number) => number;
    readonly hLineColor?: (line: number) => string;
    readonly vLineWidth?: (line: number, node: TableNode) => number;
    readonly vLineColor?: (line: number) => string;
    readonly fillColor?: (row: number) => string | null;
    readonly paddingLeft?: (column: number) => number;
    readonly paddingRight?: (column: number, node: TableNode) => number;
    readonly paddingTop?: (row: number) => number;
    readonly paddingBottom?: (row: number) => number;
  }

  export interface DocumentDefinition {
    readonly pageSize: "A4";
    readonly pageMargins: readonly [number, number, number, number];
    readonly version: "1.7";
    readonly language: string;
    readonly displayTitle: boolean;
    readonly info: Readonly<Record<string, string | Date>>;
    readonly defaultStyle: Common & { readonly font: string };
    readonly watermark?: Readonly<Record<string, string | number | boolean>>;
    readonly header: (page: number) => Content | null;
    readonly footer: (page: number, pages: number) => Content;
    /** Pictures by the name they are placed by: names of files in memory. */
    readonly images: Readonly<Record<string, string>>;
    readonly content: readonly Content[];
  }

  interface Engine {
    /** Files held in memory, by name. */
    readonly virtualfs: { writeFileSync(name: string, content: Uint8Array): void };
    setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
    setUrlAccessPolicy(allows: (url: string) => boolean): void;
    setLocalAccessPolicy(allows: (path: string) => boolean): void;
    createPdf(definition: DocumentDefinition): { getBuffer(): Promise<Buffer> };
  }
  const engine: Engine;
  export default engine;
}

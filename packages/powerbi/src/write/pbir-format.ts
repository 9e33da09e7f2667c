/** In pixels, as Power BI makes pages of its own. */
export const PAGE_WIDTH = 1280;
export const ROW_HEIGHT = 60;

/** The address of a schema that Microsoft publishes; Power BI tells by it what a file is. */
export function schema(path: string): string {
  return `https://developer.microsoft.com/json-schemas/fabric/${path}/schema.json`;
}

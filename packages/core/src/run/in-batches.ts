/** Characters of one statement's rows: well below the megabyte that Snowflake takes. */
const CHARACTERS = 400_000;
/** Rows of one statement: below what Snowflake takes. */
const ROWS = 10_000;

/** The rows of an insert, bracketed, as several statements can take them. */
export function inBatches(rows: readonly string[]): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let room = 0;
  for (const row of rows) {
    const last = batches.at(-1);
    if (!last || row.length > room || last.length === ROWS) {
      batches.push([row]);
      room = CHARACTERS - row.length;
    } else {
      last.push(row);
      room -= row.length;
    }
  }
  return batches;
}

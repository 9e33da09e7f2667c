import type { StatementTag } from '../adapter.js';

/** Snowflake's limit, in characters. */
const LONGEST = 2000;

/** What stands beside a statement in Snowflake's query history: JSON, so that costs can be summed by run, node or package. */
export function queryTag(tag: StatementTag | undefined): string {
  const text = JSON.stringify({ tool: 'matinee', run: tag?.run, node: tag?.node, package: tag?.package });
  return text.length <= LONGEST ? text : JSON.stringify({ tool: 'matinee', run: tag?.run });
}

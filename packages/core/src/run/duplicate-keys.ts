import type { Session } from '../adapters/adapter.js';
import { NodeError } from '../errors.js';
import type { Relation } from '../nodes/relation.js';
import type { ProjectNode } from '../project/project.js';
import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';

const SAMPLES = 3;

/** Refuses rows that are to be merged and hold a key twice, or none. @throws NodeError KEY_TWICE, KEY_NULL. */
export async function refuseDuplicateKeys(
  { name, declaration }: ProjectNode<Relation>,
  rows: string,
  session: Session,
  dialect: Dialect,
): Promise<void> {
  const { key, location } = declaration;
  if (key.length === 0) return;
  const list = key.map((column) => quoteIdentifier(column, dialect)).join(', ');
  const isNull = key.map((column) => `${quoteIdentifier(column, dialect)} is null`).join(' or ');
  const found = await session.query(
    `select ${list}, case when ${isNull} then 1 else 0 end as is_null, count(*) over () as keys
from ${rows} as keyed group by ${list} having count(*) > 1 or ${isNull} order by ${list} limit ${SAMPLES}`,
  );
  if (found.length === 0) return;
  const isNullKey = Number(found[0]?.is_null) === 1;
  const samples = found.map((row) => `(${key.map((column) => String(row[column])).join(', ')})`).join(', ');
  throw new NodeError(
    isNullKey ? 'KEY_NULL' : 'KEY_TWICE',
    `${name}: ${Number(found[0]?.keys)} key(s) of new rows are ${isNullKey ? 'null' : 'there more than once'}, such as ${key.join(', ')} = ${samples}.`,
    {
      location,
      hint: 'Let the query give each key once, or change the key. What is published is as it was.',
    },
  );
}

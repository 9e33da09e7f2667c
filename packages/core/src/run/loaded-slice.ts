import type { Session } from '../adapters/adapter.js';
import type { LoadedSlice } from '../adapters/source-loader.js';
import { createOverlay, type Slice, touchedRows } from '../materialize/slice.js';
import { createTable } from '../materialize/table.js';
import { text } from '../nodes/column.js';
import type { Relation } from '../nodes/relation.js';
import { provenanceColumns } from '../nodes/source.js';
import type { ProjectNode } from '../project/project.js';
import type { Increment } from './increment.js';
import type { RunContext } from './run-context.js';

/** Makes a candidate of what a load has changed: a view that shows the table as it will be. */
export async function loadedIncrement(
  { names, plan }: RunContext,
  session: Session,
  node: ProjectNode<Relation>,
  { rows, touched, prepare, helpers }: LoadedSlice,
): Promise<Increment> {
  const { columns } = node.declaration;
  const provenance = Object.values(provenanceColumns).map((name) => [name, text()] as const);
  const slice: Slice = {
    published: names.published(node),
    rows,
    replaced: names.helper(node, 'replaced'),
    touched,
    newRowsAreTouched: false,
    columns: { ...columns, ...Object.fromEntries(provenance) },
    dialect: names.dialect,
  };
  const list = Object.keys(columns).map((name) => names.quote(name));
  const going = `select * from ${touchedRows(slice, list.join(', '))} as going`;
  for (const statement of createTable(slice.replaced, going, names.dialect)) await session.execute(statement);
  for (const statement of createOverlay(names.candidate(node), slice)) await session.execute(statement);
  const count = async (relation: string) => {
    const [row] = await session.query(`select count(*) as row_count from ${relation}`);
    return Number(row?.row_count ?? 0);
  };
  const [touchedCount, newCount] = [await count(slice.replaced), await count(rows)];
  return {
    slice,
    rows: (plan.published.of(node)?.rows ?? 0) - touchedCount + newCount,
    touchedRows: touchedCount,
    newRows: newCount,
    prepare,
    cleanUp: [slice.replaced, ...helpers].map((table) => `drop table if exists ${table}`),
  };
}

import { bindQuery } from '../bind/query.js';
import { readStages } from '../copy/read-stages.js';
import { parseQuery } from '../syntax/parse-query.js';
import { endStatement } from './end.js';
import { type Statement, TYPE_IDS } from './statement.js';

export const query: Statement = async (cursor, session) => {
  const parsed = parseQuery(cursor);
  endStatement(cursor);
  session.refuseSpoilt();
  const stages = await readStages(session, cursor);
  const context = session.bindContext();
  context.stage = (item) => stages.get(item)!;
  const bound = bindQuery(parsed, undefined, context);
  if (session.request.describeOnly)
    return { rows: { columns: bound.columns, rows: [] }, typeId: TYPE_IDS.select, keeps: false };
  return { rows: await session.rows(bound), typeId: TYPE_IDS.select };
};

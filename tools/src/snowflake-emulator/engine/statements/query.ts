import { bindQuery } from '../bind/query.js';
import { parseQuery } from '../syntax/parse-query.js';
import { endStatement } from './end.js';
import { type Statement, TYPE_IDS } from './statement.js';

export const query: Statement = async (cursor, session) => {
  const parsed = parseQuery(cursor);
  endStatement(cursor);
  session.refuseSpoilt();
  const bound = bindQuery(parsed, undefined, session.bindContext());
  if (session.request.describeOnly)
    return { rows: { columns: bound.columns, rows: [] }, typeId: TYPE_IDS.select, keeps: false };
  return { rows: await session.rows(bound), typeId: TYPE_IDS.select };
};

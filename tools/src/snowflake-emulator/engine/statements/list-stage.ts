import { filesAt, locate } from '../copy/stage-files.js';
import { number, text } from '../types.js';
import { endStatement } from './end.js';
import { type Statement, TYPE_IDS } from './statement.js';

/** LIST @stage/prefix [PATTERN = '…'] */
export const list: Statement = async (cursor, session) => {
  const token = cursor.next();
  if (token.kind !== 'stage' && token.kind !== 'string') throw cursor.unexpected();
  let pattern = /^/;
  if (cursor.accept('PATTERN')) {
    cursor.expectOperator('=');
    pattern = new RegExp(`^(?:${cursor.string()})$`);
  }
  endStatement(cursor);
  const files = await filesAt(session, locate(session, token.value.replace(/^@/, '')));
  return {
    rows: {
      columns: [
        { name: 'name', type: text() },
        { name: 'size', type: number() },
        { name: 'md5', type: text() },
        { name: 'last_modified', type: text() },
      ],
      rows: files
        .filter(({ name }) => pattern.test(name))
        .map(({ url, size, etag, modified }) => [url, BigInt(size), etag, modified.toUTCString()]),
    },
    typeId: TYPE_IDS.list,
  };
};

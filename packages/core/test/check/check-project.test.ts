import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  analysis,
  type CheckResult,
  checkProject,
  dataTest,
  ephemeral,
  expression,
  incremental,
  integer,
  seed,
  selectNodes,
  snapshot,
  sql,
  text,
  thisModel,
  variable,
  whenIncremental,
} from '../../src/index.js';
import { temporaryFolder } from '../support/files.js';
import { aModel, aSource, idAndName } from '../support/nodes.js';
import { dagOf, hereLine } from '../support/project.js';

async function check(
  declarations: readonly unknown[],
  select: readonly string[] = [],
  variables = {},
): Promise<CheckResult> {
  const dag = dagOf(...declarations);
  return checkProject({ dag, selected: selectNodes(dag, select), variables });
}

const messages = (result: CheckResult) => result.errors.map(({ message }) => message);
const raw = aSource('raw_films', idAndName);

describe('a check', () => {
  it('binds every query, in increments as well, and every test, and finds nothing wrong with what is right', async () => {
    const since = variable({ name: 'since', type: 'timestamp', default: null });
    const films = aModel('films', idAndName, sql`select id, name from ${raw} where _file like '%.csv'`);
    const events = aModel(
      'events',
      { id: integer().references(() => films, 'id') },
      sql`select id from ${films} ${whenIncremental(sql`where id > (select max(id) from ${thisModel})`)}`,
      { materialized: incremental({ strategy: 'append' }), tests: [expression(sql`id > 0`)] },
    );
    const history = snapshot({
      name: 'history',
      description: '',
      columns: idAndName,
      key: ['id'],
      strategy: { type: 'check', columns: ['name'] },
      query: sql`select * from ${films}`,
    });
    const look = analysis({
      name: 'look',
      description: '',
      columns: { scd_id: text() },
      query: sql`select scd_id from ${history}`,
    });
    const result = await check([raw, films, events, history, look, since]);
    expect(messages(result)).toEqual([]);
    // 5 queries and one increment; 2 + 2 + 3 + 7 tests.
    expect(result.queries).toBe(5 + 2 + 2 + 3 + 7);
  });

  it('finds a column that is not there, with file and line', async () => {
    const line = hereLine() + 3;
    const query = sql`
      select id,
        title as name from ${raw}`;
    const films = aModel('films', idAndName, query);
    const { errors } = await check([raw, films]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ code: 'QUERY_FAILED', location: { file: import.meta.filename, line } });
  });

  it('finds mistakes of singular and of generic tests', async () => {
    const films = aModel('films', { id: integer() }, sql`select 1 as id`, {
      tests: [expression(sql`year > 0`)],
    });
    const odd = dataTest({
      name: 'odd',
      description: '',
      query: sql`select * from ${films} where title = ''`,
    });
    expect(messages(await check([films, odd]))).toEqual([
      expect.stringContaining('films: Referenced column "year" not found'),
      expect.stringContaining('odd: Referenced column "title" not found'),
    ]);
  });

  it('tells an ephemeral model’s mistake once', async () => {
    const inner = aModel('inner_films', idAndName, sql`select id, nope as name from ${raw}`, {
      materialized: ephemeral(),
    });
    const readers = ['a', 'b', 'c'].map((name) => aModel(name, idAndName, sql`select * from ${inner}`));
    expect((await check([raw, inner, ...readers])).errors).toHaveLength(1);
  });

  it('looks at what is selected only; the rest is there by its contract', async () => {
    const broken = aModel('broken', idAndName, sql`select nope from ${raw}`);
    const reads = aModel('reads', idAndName, sql`select * from ${broken}`);
    expect(messages(await check([raw, broken, reads], ['reads']))).toEqual([]);
  });

  it('binds with the values of variables that it is given', async () => {
    const since = variable({ name: 'since', type: 'text', default: null });
    const films = aModel(
      'films',
      idAndName,
      sql`select id, name from ${raw} ${since.when(() => sql`where seen > 1`)}`,
    );
    expect((await check([raw, films, since])).errors).toHaveLength(0);
    expect((await check([raw, films, since], [], { since: 'x' })).errors).toHaveLength(1);
  });

  it.each([
    ['id,name\n1,Heat\nx,Ran\n', "'x' in column 'id' is no int.", 3],
    ['id\n1\n', "The header is 'id', declared are 'id,name'.", 1],
  ])('reads seeds through', async (content, message, line) => {
    const file = pathToFileURL(join(temporaryFolder({ 'films.csv': content }), 'films.csv'));
    const { errors } = await check([seed({ name: 'films', description: '', columns: idAndName, file })]);
    expect(errors.map((error) => [error.message, error.location?.line])).toEqual([[message, line]]);
  });
});

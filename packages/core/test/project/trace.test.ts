import { describe, expect, it } from 'vitest';
import { checkProject } from '../../src/check/check-project.js';
import { type Dag, ephemeral, type MatineeError, type Sql, sql, text } from '../../src/index.js';
import { aModel, aSource, idAndName } from '../support/nodes.js';
import { dagOf, hereLine } from '../support/project.js';

const raw = aSource('raw_films', idAndName);

async function errorOf(dag: Dag): Promise<MatineeError> {
  const { errors } = await checkProject({ dag, selected: new Set(dag.project.nodes.keys()) });
  expect(errors).toHaveLength(1);
  return errors[0] as MatineeError;
}

function queried(query: Sql): Dag {
  return dagOf(raw, aModel('films', idAndName, query));
}

describe('an error of the engine', () => {
  it('is told with the line and column of the template', async () => {
    const line = hereLine() + 4;
    const error = await errorOf(
      queried(sql`
        select id,
          nope as name
        from ${raw}`),
    );
    expect(error).toMatchObject({ code: 'QUERY_FAILED', location: { line, column: 11 } });
    expect(error.location?.file).toBe(import.meta.filename);
    expect(error.message).toContain('films: Referenced column "nope" not found');
  });

  it('is found behind interpolations that span several lines', async () => {
    const condition = sql`id > 0`;
    const line = hereLine() + 12;
    const query = sql`
      select id, name
      from ${
        // A brace } and from here on text that also stands in the template:
        // where name = 'x' and
        raw
      }
      where ${condition}
        and name <> 'it''s -- no comment' and ${sql`
          length(name) > ${1}`}
        and id in (${1}, ${2}) and ${condition}
        and nope = 1`;
    expect((await errorOf(queried(query))).location).toMatchObject({ line, column: 13 });
  });

  it('is found in a fragment of its own place', async () => {
    const line = hereLine() + 1;
    const condition = sql`length(nope) > 3`;
    const error = await errorOf(queried(sql`select id, name from ${raw} where ${condition}`));
    expect(error.location).toMatchObject({ line, column: 34 });
  });

  it('is found behind text outside of ASCII', async () => {
    const line = hereLine() + 2;
    const query = sql`select id, '日本語 – Amélie 🎬' as name from ${raw}
      where nope = 1`;
    expect((await errorOf(queried(query))).location).toMatchObject({ line, column: 13 });
  });

  it('is found behind escaped characters of the template', async () => {
    const line = hereLine() + 3;
    const query = sql`
      select id, 'a\`b\\c' as name from ${raw}
      where nope = 1`;
    expect((await errorOf(queried(query))).location).toMatchObject({ line });
  });

  it('in an ephemeral model is told once, with the line there, for all that read it', async () => {
    const line = hereLine() + 2;
    const query = sql`
      select id, nope as name from ${raw}`;
    const inner = aModel('inner_films', idAndName, query, { materialized: ephemeral() });
    const readers = ['one', 'two'].map((name) =>
      aModel(name, { name: text() }, sql`select name from ${inner}`),
    );
    const error = await errorOf(dagOf(raw, inner, ...readers));
    expect(error.location).toMatchObject({ line });
  });

  it('of the syntax is told with its line', async () => {
    const line = hereLine() + 2;
    const query = sql`select id, name from ${raw}
      wher id = 1 1`;
    const error = await errorOf(queried(query));
    expect(error.location).toMatchObject({ line });
    expect(error.message).toContain('syntax error');
  });
});

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type ErrorList,
  gatherProject,
  incremental,
  integer,
  type Model,
  Model as ModelNode,
  type ModelOptions,
  model,
  type Project,
  snapshot,
  sql,
  table,
  text,
  timestamp,
  unique,
  variable,
} from '../../src/index.js';
import { temporaryFolder } from '../support/files.js';
import { aModel, idAndName } from '../support/nodes.js';
import { packagesOf, projectOf, thrownBy } from '../support/project.js';

/** All messages of what gathering throws. */
function messagesOf(...declarations: unknown[]): readonly string[] {
  const error = thrownBy(() => projectOf(...declarations)) as ErrorList;
  return 'errors' in error ? error.errors.map(({ message }) => message) : [(error as Error).message];
}

const query = sql`select 1 as id, 'x' as name`;

describe('a gathered project', () => {
  it('knows each node’s package, schema and path', () => {
    const films = aModel('films', idAndName, query);
    const raw = aModel('raw_films', idAndName, query, { schema: 'raw' });
    const project = packagesOf({
      '@films/models-content': [films, films, 'no node'],
      '@films/models-staging': [raw],
    });
    expect(project.get('films')).toMatchObject({
      package: '@films/models-content',
      schema: 'content',
      path: 'packages/core/test/support/nodes.ts',
    });
    expect(project.get('raw_films').schema).toBe('raw');
    expect(() => project.get('nope')).toThrow("No node is called 'nope'.");
  });

  it('knows whom to ask about a node: its own owner, or else that of its package', () => {
    const films = aModel('films', idAndName, query);
    const charts = aModel('charts', idAndName, query, { owner: 'Charts team' });
    const from = { package: 'x', domain: 'x', folder: '/no/such/folder', exports: { films, charts } };
    const ownersOf = (project: Project) => [project.get('films').owner, project.get('charts').owner];
    expect(ownersOf(gatherProject('/', [{ ...from, owner: 'Film team' }]))).toEqual([
      'Film team',
      'Charts team',
    ]);
    expect(ownersOf(gatherProject('/', [from]))).toEqual([undefined, 'Charts team']);
    expect(messagesOf(aModel('bare', idAndName, query, { owner: ' ' }))).toEqual([
      "The owner of 'bare' is blank.",
    ]);
  });

  it('tells everything that is wrong at once', () => {
    const bad = aModel('Bad-Name', idAndName, query);
    const twice = [aModel('films', idAndName, query), aModel('films', idAndName, query)];
    const reserved = aModel('my__films', idAndName, query);
    expect(messagesOf(bad, ...twice, reserved)).toEqual([
      "The name 'Bad-Name' is not lower snake case.",
      "The name 'films' is declared twice.",
      "The name 'my__films' holds '__', which Matinee keeps for itself.",
    ]);
  });

  it.each<[string, Partial<ModelOptions<typeof idAndName>>, string]>([
    ['a key', { key: ['nope' as 'id'] }, "The key of 'films' names 'nope', which is no column of it."],
    [
      'a unique test',
      { tests: [unique(['id', 'nope'])] },
      "A unique test of 'films' names 'nope', which is no column of it.",
    ],
    [
      'an incremental key',
      { materialized: incremental({ strategy: 'merge' }) },
      "'films' is incremental by merge and needs a key.",
    ],
    [
      'deleteBy',
      { materialized: incremental({ strategy: 'deleteInsert', deleteBy: ['nope' as 'id'] }) },
      "deleteBy of 'films' names 'nope', which is no column of it.",
    ],
  ])('refuses %s that names no column', (_what, options, message) => {
    const options_ = {
      name: 'films',
      description: '',
      materialized: table(),
      columns: idAndName,
      query,
      ...options,
    };
    expect(messagesOf(model(options_))).toEqual([message]);
  });

  it('refuses columns that are none, alike, or cannot be referred to', () => {
    expect(messagesOf(aModel('films', {}, query))).toEqual(["'films' declares no columns."]);
    expect(messagesOf(aModel('films', { id: integer(), ID: integer() }, query))).toEqual([
      "'films' has columns that differ by case only.",
    ]);
    expect(messagesOf(aModel('films', { id: integer().referencesSelf('nope') }, query))).toEqual([
      "A self-reference of 'films' names 'nope', which is no column of it.",
    ]);
  });

  it('refuses a snapshot whose strategy or columns cannot work', () => {
    const columns = { id: integer(), updated_at: timestamp().nullable() };
    const history = snapshot({
      name: 'history',
      description: '',
      columns,
      key: ['id'],
      strategy: { type: 'timestamp', updatedAt: 'updated_at' },
      query,
    });
    expect(messagesOf(history)).toEqual([
      "'updated_at' of 'history' is a column that every history adds: rename the query's.",
      "The strategy of 'history' needs a timestamp that is not nullable.",
    ]);
  });

  it('refuses a variable that is declared twice', () => {
    const since = () => variable({ name: 'since', type: 'text', default: '' });
    expect(messagesOf(since(), since())).toEqual(["The name 'since' is declared twice."]);
  });
});

describe('the files of a package', () => {
  const at = (name: string, file: string): Model => {
    const options = { name, description: '', materialized: table(), columns: { id: text() }, query };
    return new ModelNode(options, { file, line: 3, column: 1 }) as unknown as Model;
  };

  it('must carry the name of their node', () => {
    expect(messagesOf(at('films', '/repo/packages/x/src/marts/movies.ts'))).toEqual([
      "'films' stands in 'movies.ts': a node's file is named after the node.",
    ]);
  });

  it('must be exported, or are told with what to do', () => {
    const folder = temporaryFolder({
      'src/marts/films.ts': '',
      'src/marts/deeper/forgotten.ts': '',
      'src/marts/films.test.ts': '',
      'src/columns/shared.ts': '',
      'src/tests/lost_test.ts': '',
    });
    const films = at('films', join(folder, 'src/marts/films.ts'));
    const packages = [{ package: 'p', domain: 'd', folder, exports: { films } }];
    const { errors } = thrownBy(() => gatherProject(folder, packages)) as ErrorList;
    expect(errors.map(({ message, location, hint }) => [message, location?.file, hint])).toEqual([
      [
        "The node file 'forgotten.ts' is exported nowhere.",
        join(folder, 'src/marts/deeper/forgotten.ts'),
        `Add it to ${join(folder, 'src/warehouse.ts')}, or delete it.`,
      ],
      [
        "The node file 'lost_test.ts' is exported nowhere.",
        join(folder, 'src/tests/lost_test.ts'),
        `Add it to ${join(folder, 'src/warehouse.ts')}, or delete it.`,
      ],
    ]);
  });
});

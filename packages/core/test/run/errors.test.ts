import { describe, expect, it } from 'vitest';
import {
  ErrorList,
  integer,
  LoadError,
  model,
  range,
  StatementError,
  sql,
  table,
  text,
} from '../../src/index.js';
import { errorOf, nodeOf, openLab, statuses, testOf } from '../support/lab.js';
import { aModel, aSource, idAndName } from '../support/nodes.js';
import { hereLine } from '../support/project.js';

describe('an error while a node is built', () => {
  it.each([
    ['an overflow', sql`select 9223372036854775807 + range as id from range(2)`, /Overflow in addition/],
    ['a cast', sql`select cast('x' || range as bigint) as id from range(2)`, /Could not convert string 'x0'/],
    ['a division of texts', sql`select error('no such film') as id`, /no such film/],
  ])('such as %s is told with node and place', async (_what, query, message) => {
    const lab = await openLab();
    const line = hereLine() + 1;
    const films = model({
      name: 'films',
      description: '',
      materialized: table(),
      columns: { id: integer() },
      query,
    });
    const error = errorOf(await lab.build([films]), 'films');
    expect(error.name).toBe('NodeError');
    expect(error.message).toMatch(/^films: /);
    expect(error.message).toMatch(message);
    expect(error.location).toMatchObject({ file: import.meta.filename, line });
    expect(await lab.stored()).toEqual([]);
  });

  it('says what of the contract is broken, before anything is computed', async () => {
    const lab = await openLab();
    const films = aModel('films', idAndName, sql`select 'one' as id, 1 as year`);
    expect(errorOf(await lab.build([films]), 'films').message).toBe(
      "films: its query breaks its contract: column 'id' is declared int but the query returns VARCHAR; " +
        "column 'name' is declared but not returned; column 'year' is returned but not declared.",
    );
  });

  it('points to the line of the query that names a missing column', async () => {
    const lab = await openLab();
    const line = hereLine() + 4;
    const query = sql`
      select
        1 as id,
        nope as name`;
    const error = errorOf(await lab.build([aModel('films', idAndName, query)]), 'films');
    expect(error).toMatchObject({ code: 'QUERY_FAILED', location: { file: import.meta.filename, line } });
    expect(error.hint).toBe('matinee compile films prints the SQL as it runs.');
  });
});

describe('accepted values', () => {
  const genre = () => text().acceptedValues(['Western', 'Drama']);
  const genres = (query = sql`select unnest(['Drama', 'Western', 'Drama']) as genre`) =>
    aModel('genres', { genre: genre() }, query);

  it('are stored as an enum that orders like text, and need no test then', async () => {
    const lab = await openLab();
    const result = await lab.build([genres()]);
    expect(testOf(result, 'accepted_values_genres_genre').status).toBe('proved');
    expect(await lab.query('select typeof(genre) as t from lab.genres limit 1')).toEqual([
      { t: "ENUM('Drama', 'Western')" },
    ]);
    expect(await lab.query('select min(genre) as a, max(genre) as z from lab.genres')).toEqual([
      { a: 'Drama', z: 'Western' },
    ]);
  });

  it('fail their test with samples instead of a conversion when a value is outside', async () => {
    const lab = await openLab();
    const result = await lab.build([genres(sql`select unnest(['Drama', 'Polka', 'Polka']) as genre`)]);
    expect(testOf(result, 'accepted_values_genres_genre')).toMatchObject({
      status: 'failed',
      failures: 2,
      samples: [{ genre: 'Polka' }, { genre: 'Polka' }],
    });
    expect(errorOf(result, 'genres').code).toBe('TEST_FAILED');
    expect(await lab.stored()).toEqual([]);
  });

  it('of two tests on one column prove only the test they satisfy', async () => {
    const lab = await openLab();
    const column = text().acceptedValues(['a']).acceptedValues(['a', 'b', 'a']);
    const result = await lab.build([aModel('letters', { x: column }, sql`select unnest(['a', 'b']) as x`)]);
    expect(result.tests.map(({ test, status }) => [test, status])).toEqual([
      ['not_null_letters_x', 'passed'],
      ['accepted_values_letters_x', 'failed'],
      ['accepted_values_letters_x_2', 'proved'],
    ]);
  });

  it('with a condition may differ where it does not hold', async () => {
    const lab = await openLab();
    const column = text().acceptedValues(['a'], { where: sql`x <> 'z'` });
    const result = await lab.build([aModel('letters', { x: column }, sql`select unnest(['a', 'z']) as x`)]);
    expect(result.status).toBe('ok');
    expect(await lab.rows('lab.letters')).toEqual([{ x: 'a' }, { x: 'z' }]);
  });

  it('can be compared with any text, by models and by tests', async () => {
    const lab = await openLab();
    const base = genres();
    const odd = aModel(
      'odd',
      { x: text() },
      sql`select coalesce(genre, 'none') as x from ${base} where genre <> 'Polka'`,
    );
    const result = await lab.build([base, odd]);
    expect(statuses(result)).toEqual({ genres: 'ok', odd: 'ok' });
    expect(nodeOf(result, 'odd').rows).toBe(3);
  });
});

describe('a load that fails', () => {
  const project = () => {
    const films = aSource('raw_films', idAndName);
    const tags = aSource('raw_tags', idAndName);
    const read = aModel(
      'films',
      { id: integer().test(range({ min: 0 })), name: text() },
      sql`select id, name from ${films}`,
    );
    return [films, tags, read];
  };
  const heat = { id: 1, name: 'Heat' };

  it('leaves all raw tables as they were, names the source, and skips what reads it', async () => {
    const lab = await openLab();
    await lab.build(project(), { rows: { raw_films: [heat], raw_tags: [heat] } });
    const failure = new LoadError('HEADER', 'The header is wrong.', {
      location: { file: '/x/raw_tags.csv', line: 1 },
    });
    const result = await lab.build(project(), { rows: { raw_films: [heat, heat], raw_tags: failure } });
    expect(statuses(result)).toEqual({ films: 'skipped', raw_films: 'skipped', raw_tags: 'failed' });
    expect(errorOf(result, 'raw_tags')).toBe(failure);
    expect(nodeOf(result, 'raw_films').reason).toBe('it is published together with raw_tags, which failed');
    expect(await lab.query('select id, name from raw.raw_films')).toEqual([heat]);
    expect(await lab.stored()).toEqual(['lab.films table', 'raw.raw_films table', 'raw.raw_tags table']);
  });

  it('tells each source what is wrong with its own files', async () => {
    const lab = await openLab();
    const wrong = (file: string, message: string) => new LoadError('HEADER', message, { location: { file } });
    const film = wrong('/x/raw_films.csv', 'The header is wrong.');
    const tags = [wrong('/x/raw_tags.csv', 'It is gone.'), wrong('/x/raw_tags.csv', 'So is that.')];
    const failure = new ErrorList([...tags, film]);
    const result = await lab.build(project(), { rows: { raw_films: failure, raw_tags: [] } });
    expect(errorOf(result, 'raw_films')).toBe(film);
    expect(errorOf(result, 'raw_tags')).toMatchObject({
      code: 'SEVERAL_ERRORS',
      message: '2 errors were found:\n- It is gone.\n- So is that.',
    });
  });

  it('is of the source whose whole path is named, not of one whose name ends alike', async () => {
    const lab = await openLab();
    const failure = new LoadError('HEADER', 'The header is wrong.', { location: { file: '/x/a_tags.csv' } });
    const [tags, others] = [aSource('tags', idAndName), aSource('a_tags', idAndName)];
    const result = await lab.build([tags, others], { rows: { tags: [], a_tags: failure } });
    expect(statuses(result)).toEqual({ a_tags: 'failed', tags: 'skipped' });
  });

  it('is of the source at work where it is no file’s, such as a full disk', async () => {
    const lab = await openLab();
    const full = new StatementError('WAREHOUSE_DISK_FULL', 'Could not write file "x"', undefined);
    const result = await lab.build(project(), { rows: { raw_films: [heat], raw_tags: full } });
    expect(statuses(result)).toEqual({ films: 'skipped', raw_films: 'skipped', raw_tags: 'failed' });
    expect(errorOf(result, 'raw_tags').code).toBe('WAREHOUSE_DISK_FULL');
  });

  it('is told once for what is no error of ours', async () => {
    const lab = await openLab();
    const result = await lab.build(project(), { rows: { raw_films: new TypeError('oops'), raw_tags: [] } });
    expect(errorOf(result, 'raw_films')).toMatchObject({ code: 'NODE_FAILED', message: 'raw_films: oops' });
    expect(await lab.stored()).toEqual([]);
  });
});

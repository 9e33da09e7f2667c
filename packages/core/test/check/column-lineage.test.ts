import { expect, test } from 'vitest';
import { columnLineage, integer, model, type Sql, source, sql, table, text } from '../../src/index.js';
import { projectOf } from '../support/project.js';

const people = source({
  name: 'people',
  description: '',
  shapes: [],
  columns: { id: integer(), name: text(), city: text(), tags: text() },
});
const cities = source({
  name: 'cities',
  description: '',
  shapes: [],
  columns: { city: text(), land: text() },
});

/** Where the column `x` of a query over people and cities comes from. */
async function originsOfX(query: Sql): Promise<readonly string[]> {
  const made = model({ name: 'made', description: '', materialized: table(), columns: { x: text() }, query });
  const project = projectOf(people, cities, made);
  const origins = await columnLineage(project, [project.get('made')]);
  return origins.filter(({ to }) => to.column === 'x').map(({ from }) => `${from.node}.${from.column}`);
}

test.each<[string, Sql, readonly string[]]>([
  ['a column', sql`select name as x from ${people}`, ['people.name']],
  [
    'an expression',
    sql`select name || cast(id as varchar) as x from ${people}`,
    ['people.id', 'people.name'],
  ],
  ['a constant', sql`select 'a' as x from ${people}`, []],
  [
    'an alias of a table',
    sql`select c.land as x from ${people} as p join ${cities} as c on c.city = p.city`,
    ['cities.land'],
  ],
  [
    'a common table expression',
    sql`with named as (select name as n from ${people}) select upper(n) as x from named`,
    ['people.name'],
  ],
  ['a column list of a subquery', sql`select x from (select city from ${cities}) as s(x)`, ['cities.city']],
  ['a star', sql`select * rename (name as x) from ${people}`, ['people.name']],
  [
    'a star that replaces',
    sql`select s.name as x from (select * replace (city || name as name) from ${people}) as s`,
    ['people.city', 'people.name'],
  ],
  [
    'a star over shared columns',
    sql`select x from (select * from ${people} join ${cities} using (city)) as s(a, b, x, d)`,
    ['people.city'],
  ],
  [
    'both halves of a union',
    sql`select name as x from ${people} union all select land from ${cities}`,
    ['cities.land', 'people.name'],
  ],
  [
    'a window',
    sql`select row_number() over (partition by city order by id) as x from ${people}`,
    ['people.city', 'people.id'],
  ],
  [
    'a condition',
    sql`select case when city = 'Rome' then name end as x from ${people}`,
    ['people.city', 'people.name'],
  ],
  [
    'a lateral unnest',
    sql`select l.tag as x from ${people} as p, lateral (select unnest(split(p.tags, '|')) as tag) as l`,
    ['people.tags'],
  ],
  [
    'an unnest in FROM',
    sql`select u.tag as x from ${people} as p, unnest(split(p.tags, '|')) as u(tag)`,
    ['people.tags'],
  ],
  [
    'a scalar subquery',
    sql`select (select max(land) from ${cities} as c where c.city = p.city) as x from ${people} as p`,
    ['cities.land'],
  ],
  ['an alias named later', sql`select upper(name) as y, y || '!' as x from ${people}`, ['people.name']],
  [
    'a recursive query',
    sql`with recursive r as (select id as n from ${people} union all select n + 1 from r where n < 9) select n as x from r`,
    ['people.id'],
  ],
])('the origins of a column are found through %s', async (_, query, expected) => {
  expect(await originsOfX(query)).toEqual(expected);
});

test('a common table expression that is called like a node is not taken for it', async () => {
  expect(
    await originsOfX(sql`with cities as (select name as land from ${people}) select land as x from cities`),
  ).toEqual(['people.name']);
});

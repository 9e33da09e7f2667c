import {
  derivedFrom,
  expression,
  type GenericTest,
  integer,
  range,
  relevanceRange,
  rowCount,
  sql,
  type TestOptions,
  text,
  unique,
  type WarehouseRow,
} from '../../src/index.js';
import { aModel } from '../support/nodes.js';

export const people = aModel('people', { id: integer() }, sql`select 1 as id`);
const columns = {
  id: integer().nullable(),
  name: text().nullable(),
  person: integer().nullable(),
  parent: integer().nullable(),
};
export const films = aModel('films', columns, sql`select 1`);

/** A generic test’s name and SQL, rows that pass and rows that fail. */
export interface Case {
  readonly name: string;
  readonly duckdb: string;
  readonly snowflake: string;
  /** Rows as `(id, name, person, parent)` values; people are 1 and 2. */
  readonly good: string;
  readonly bad: string;
  readonly failures: number;
  readonly samples: readonly WarehouseRow[];
}

const row = (id: unknown, name: unknown = 'a', person: unknown = 1, parent: unknown = null) =>
  ({ id, name, person, parent }) as WarehouseRow;
const is = (column: string, test: (column: string) => GenericTest) => test(column);
const options: TestOptions = {};

export const cases: readonly [string, GenericTest, Case][] = [
  [
    'unique',
    unique(['id', 'name']),
    {
      name: 'unique_films_id_name',
      duckdb: `select "id", "name", count(*) as row_count from "lab"."films" where "id" is not null and "name" is not null group by "id", "name" having count(*) > 1`,
      snowflake: `select "ID", "NAME", count(*) as row_count from "LAB"."FILMS" where "ID" is not null and "NAME" is not null group by "ID", "NAME" having count(*) > 1`,
      good: "(1, 'a', 1, null), (1, 'b', 1, null), (null, 'a', 1, null), (null, 'a', 1, null)",
      bad: "(1, 'a', 1, null), (1, 'a', 2, null), (1, 'a', 2, null), (2, 'a', 1, null)",
      failures: 1,
      samples: [{ id: 1, name: 'a', row_count: 3 }],
    },
  ],
  [
    'notNull',
    { check: { type: 'notNull', column: 'name' }, options },
    {
      name: 'not_null_films_name',
      duckdb: `select * from "lab"."films" where "name" is null`,
      snowflake: `select * from "LAB"."FILMS" where "NAME" is null`,
      good: "(1, '', 1, null)",
      bad: "(1, '', 1, null), (2, null, 1, null)",
      failures: 1,
      samples: [row(2, null)],
    },
  ],
  [
    'acceptedValues',
    { check: { type: 'acceptedValues', column: 'name', values: ['a', "o'b"] }, options },
    {
      name: 'accepted_values_films_name',
      duckdb: `select * from "lab"."films" where "name" not in ('a', 'o''b')`,
      snowflake: `select * from "LAB"."FILMS" where "NAME" not in ('a', 'o''b')`,
      good: "(1, 'a', 1, null), (2, 'o''b', 1, null), (3, null, 1, null)",
      bad: "(1, 'A', 1, null), (2, '', 1, null), (3, 'a', 1, null)",
      failures: 2,
      samples: [row(1, 'A'), row(2, '')],
    },
  ],
  [
    'range',
    is('id', range({ min: -1, max: 2.5 })),
    {
      name: 'range_films_id',
      duckdb: `select * from "lab"."films" where "id" < -1 or "id" > 2.5`,
      snowflake: `select * from "LAB"."FILMS" where "ID" < -1 or "ID" > 2.5`,
      good: "(-1, 'a', 1, null), (2, 'a', 1, null), (null, 'a', 1, null)",
      bad: "(-2, 'a', 1, null), (3, 'a', 1, null), (0, 'a', 1, null)",
      failures: 2,
      samples: [row(-2), row(3)],
    },
  ],
  [
    'range without bounds',
    is('id', range({})),
    {
      name: 'range_films_id',
      duckdb: 'select * from "lab"."films" where false',
      snowflake: 'select * from "LAB"."FILMS" where false',
      good: "(1, 'a', 1, null)",
      bad: "(1, 'a', 1, null)",
      failures: 0,
      samples: [],
    },
  ],
  [
    'relevanceRange',
    is('id', relevanceRange()),
    {
      name: 'relevance_range_films_id',
      duckdb: `select * from "lab"."films" where "id" < 0 or "id" > 1`,
      snowflake: `select * from "LAB"."FILMS" where "ID" < 0 or "ID" > 1`,
      good: "(0, 'a', 1, null), (1, 'a', 1, null)",
      bad: "(2, 'a', 1, null)",
      failures: 1,
      samples: [row(2)],
    },
  ],
  [
    'relationships',
    { check: { type: 'relationships', column: 'person', to: () => people, field: 'id' }, options },
    {
      name: 'relationships_films_person__people',
      duckdb: `select * from "lab"."films" as child where child."person" is not null and not exists (select 1 from "lab"."people" as parent where parent."id" = child."person")`,
      snowflake: `select * from "LAB"."FILMS" as child where child."PERSON" is not null and not exists (select 1 from "LAB"."PEOPLE" as parent where parent."ID" = child."PERSON")`,
      good: "(1, 'a', 1, null), (2, 'a', 2, null), (3, 'a', null, null)",
      bad: "(1, 'a', 9, null), (2, 'a', 2, null)",
      failures: 1,
      samples: [row(1, 'a', 9)],
    },
  ],
  [
    'relationships to itself',
    { check: { type: 'relationships', column: 'parent', to: 'self', field: 'id' }, options },
    {
      name: 'relationships_films_parent__films',
      duckdb: `select * from "lab"."films" as child where child."parent" is not null and not exists (select 1 from "lab"."films" as parent where parent."id" = child."parent")`,
      snowflake: `select * from "LAB"."FILMS" as child where child."PARENT" is not null and not exists (select 1 from "LAB"."FILMS" as parent where parent."ID" = child."PARENT")`,
      good: "(1, 'a', 1, null), (2, 'a', 1, 1), (3, 'a', 1, 3)",
      bad: "(1, 'a', 1, 7)",
      failures: 1,
      samples: [row(1, 'a', 1, 7)],
    },
  ],
  [
    'rowCount',
    rowCount({ min: 1, max: 2 }),
    {
      name: 'row_count_films',
      duckdb: `select row_count from (select count(*) as row_count from "lab"."films") as counted where row_count < 1 or row_count > 2`,
      snowflake: `select row_count from (select count(*) as row_count from "LAB"."FILMS") as counted where row_count < 1 or row_count > 2`,
      good: "(1, 'a', 1, null)",
      bad: "(1, 'a', 1, null), (2, 'a', 1, null), (3, 'a', 1, null)",
      failures: 1,
      samples: [{ row_count: 3 }],
    },
  ],
  [
    'expression',
    expression(sql`id > person -- or not`),
    {
      name: 'expression_films',
      duckdb: `select * from "lab"."films" where (id > person -- or not\n) is not true`,
      snowflake: `select * from "LAB"."FILMS" where (id > person -- or not\n) is not true`,
      good: "(2, 'a', 1, null)",
      bad: "(2, 'a', 2, null), (null, 'a', 1, null)",
      failures: 2,
      samples: [row(2, 'a', 2), row(null)],
    },
  ],
  [
    'derived',
    derivedFrom('id', (id) => sql`${id} + 1`)('person'),
    {
      name: 'derived_films_person__id',
      duckdb: `select * from "lab"."films" where "person" is distinct from "id" + 1`,
      snowflake: `select * from "LAB"."FILMS" where "PERSON" is distinct from "ID" + 1`,
      good: "(1, 'a', 2, null), (null, 'a', null, null)",
      bad: "(1, 'a', 1, null), (null, 'a', 1, null), (2, 'a', null, null)",
      failures: 3,
      samples: [row(1, 'a', 1), row(null, 'a', 1), row(2, 'a', null)],
    },
  ],
  [
    'a test with a condition',
    { check: { type: 'notNull', column: 'name' }, options: { where: sql`id > 1`, name: 'late_names' } },
    {
      name: 'late_names',
      duckdb: `select * from (select * from "lab"."films" where id > 1\n) where "name" is null`,
      snowflake: `select * from (select * from "LAB"."FILMS" where id > 1\n) where "NAME" is null`,
      good: '(1, null, 1, null)',
      bad: '(1, null, 1, null), (2, null, 1, null)',
      failures: 1,
      samples: [row(2, null)],
    },
  ],
];

import type { Source } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { provenanceOf, RawTable } from '../../src/load/raw-table.js';
import { judgeRepeats, keepWinners } from '../../src/load/resolve-keys.js';
import { readingOf } from '../../src/reading/reading.js';
import { joinRecords } from '../../src/snowflake/joined-records.js';
import { copyLines, createFiles, createLines, StagedTables } from '../../src/snowflake/lines-table.js';
import {
  countRecords,
  insertRecords,
  rejectConflicting,
  rejectRecords,
} from '../../src/snowflake/load-statements.js';
import { links, movies, ratings } from '../support/sources.js';

const tables = new StagedTables('"_MATINEE"');
const request = { rejectsTable: '"_MATINEE"."REJECTED_ROWS"', loadId: 'load-1' };

function shapeOf(source: Source, name: string) {
  return { shape: name, reading: readingOf(source, source.shapes.find((shape) => shape.name === name)!) };
}

function rawTable(source: Source, dialect: 'duckdb' | 'snowflake', paths: readonly string[]) {
  const files = paths.map((path) => ({ path }) as never);
  const name = dialect === 'duckdb' ? '"raw"."links__candidate"' : '"RAW"."LINKS__CANDIDATE"';
  return new RawTable(name, source, provenanceOf('load-1', files), dialect);
}

/** Statements as somebody would paste them. */
function pasted(...statements: readonly string[]): string {
  return `${statements.join(';\n\n')};\n`;
}

describe('the SQL of a load on Snowflake', () => {
  it('brings lines', async () => {
    const files = ['links.csv', "links/o'hara 2020.csv"];
    await expect(
      pasted(
        createLines(tables.lines),
        copyLines(tables.lines, '@"_MATINEE"."MATINEE_BUCKET"/', files, 'none'),
        copyLines(tables.lenient, '@"_MATINEE"."MATINEE_BUCKET"/', ['links/a.csv.gz'], 'gzip', true),
        createFiles(tables),
      ),
    ).toMatchFileSnapshot('golden/bring-lines.sql');
  });

  for (const [source, shape] of [
    [links, 'grouplens'],
    [movies, 'kaggle'],
    [ratings, 'kaggle'],
  ] as const) {
    it(`takes the records of ${source.name} in the shape ${shape}`, async () => {
      const table = rawTable(source, 'snowflake', ['a.csv']);
      const files = shapeOf(source, shape);
      await expect(
        pasted(
          table.create(),
          countRecords(tables, files),
          insertRecords(tables, table, files, 'load-1'),
          rejectRecords(tables, table, files, request),
          rejectConflicting(tables, table, files, '"RAW"."MATINEE_CONFLICTS"', request),
        ),
      ).toMatchFileSnapshot(`golden/records-${source.name}-${shape}.sql`);
    });
  }

  it('puts records of several lines together', async () => {
    await expect(pasted(...joinRecords(tables, shapeOf(links, 'grouplens')))).toMatchFileSnapshot(
      'golden/join-records.sql',
    );
  });
});

describe('the SQL that leaves one row of each key', () => {
  for (const dialect of ['duckdb', 'snowflake'] as const) {
    it(`on ${dialect}`, async () => {
      const table = rawTable(ratings, dialect, ['ratings.csv', 'ratings/2020.csv']);
      await expect(pasted(table.create(), ...judgeRepeats(table), ...keepWinners(table))).toMatchFileSnapshot(
        `golden/keys-${dialect}.sql`,
      );
    });
  }
});

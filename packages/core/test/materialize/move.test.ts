import { describe, expect, it } from 'vitest';
import { Namer, sql } from '../../src/index.js';
import { commentTable, isMarked, viewHeader } from '../../src/materialize/comment.js';
import { dropReplaced, moveTable, moveView } from '../../src/materialize/move.js';
import { aModel, idAndName } from '../support/nodes.js';
import { projectOf } from '../support/project.js';

const films = aModel('films', idAndName, sql`select 1 as id, 'x' as name`, { key: ['id'] });
const node = projectOf(films).placeOf(films);
const names = new Namer('snowflake', 'dev_');

describe('a table that takes its published name', () => {
  it('trades names with the one that is there, and could trade them back', () => {
    const swap = 'alter table "DEV_LAB"."FILMS__CANDIDATE" swap with "DEV_LAB"."FILMS"';
    expect(moveTable(node, names, 'table')).toEqual([
      { statement: swap, undo: swap, evidence: { relation: 'dev_lab.films', isMarked: true } },
    ]);
  });

  it('is renamed where there is none', () => {
    expect(moveTable(node, names, undefined)).toEqual([
      {
        statement: 'alter table "DEV_LAB"."FILMS__CANDIDATE" rename to "DEV_LAB"."FILMS"',
        undo: 'alter table "DEV_LAB"."FILMS" rename to "DEV_LAB"."FILMS__CANDIDATE"',
        evidence: { relation: 'dev_lab.films', isMarked: true },
      },
    ]);
  });

  it('has a view put aside, not dropped, before it is renamed', () => {
    const [aside, rename] = moveTable(node, names, 'view');
    expect(aside).toEqual({
      statement: 'alter view "DEV_LAB"."FILMS" rename to "DEV_LAB"."FILMS__OLD__CANDIDATE"',
      undo: 'alter view "DEV_LAB"."FILMS__OLD__CANDIDATE" rename to "DEV_LAB"."FILMS"',
      evidence: { relation: 'dev_lab.films__old__candidate', isMarked: false },
    });
    expect(rename?.statement).toBe('alter table "DEV_LAB"."FILMS__CANDIDATE" rename to "DEV_LAB"."FILMS"');
  });
});

describe('a view that takes its published name', () => {
  it('replaces a view, which is taken back by its definition', () => {
    expect(moveView(node, 'select 1', names, 'view')).toEqual([
      {
        statement: `create or replace view "DEV_LAB"."FILMS" copy grants comment = 'films' as\nselect 1`,
        undo: undefined,
        evidence: undefined,
        replacesView: '"DEV_LAB"."FILMS"',
      },
    ]);
  });

  it('is dropped again where there was nothing, or a table that is put aside', () => {
    const view = {
      statement: `create or replace view "DEV_LAB"."FILMS" copy grants comment = 'films' as\nselect 1`,
      undo: 'drop view if exists "DEV_LAB"."FILMS"',
      evidence: undefined,
    };
    expect(moveView(node, 'select 1', names, undefined)).toEqual([view]);
    expect(moveView(node, 'select 1', names, 'table').map(({ statement }) => statement)).toEqual([
      'alter table "DEV_LAB"."FILMS" rename to "DEV_LAB"."FILMS__OLD__CANDIDATE"',
      view.statement,
    ]);
  });
});

it('a view has the descriptions of its columns in its definition', () => {
  const { id, name } = films.columns;
  const columns = { id, name: name.describe("The film's name.") };
  expect(viewHeader({ description: 'Films.', columns }, 'snowflake')).toBe(
    `("ID", "NAME" comment 'The film''s name.') copy grants comment = 'Films.'`,
  );
});

describe('what is dropped in the end', () => {
  it('is what the name stood for before', () => {
    expect(dropReplaced(node, names, 'table', 'table')).toEqual([
      'drop table if exists "DEV_LAB"."FILMS__CANDIDATE"',
    ]);
    expect(dropReplaced(node, names, 'table', 'view')).toEqual([
      'drop view if exists "DEV_LAB"."FILMS__CANDIDATE"',
      'drop table if exists "DEV_LAB"."FILMS__OLD__CANDIDATE"',
    ]);
  });
});

describe('the comments of a table', () => {
  const { columns } = films;

  it('are its descriptions and the mark of its publication', () => {
    const described = { ...columns, name: columns.name.describe("The film's name.") };
    expect(
      commentTable('films', { description: 'Films.', columns: described }, 'run-1 films', 'snowflake'),
    ).toEqual([
      `alter table films alter column "NAME" comment 'The film''s name.'`,
      `comment on table films is 'Films. [matinee run-1 films]'`,
    ]);
  });

  it('tell publications apart', () => {
    expect(isMarked('Films. [matinee run-1 films]', 'run-1 films')).toBe(true);
    expect(isMarked('Films. [matinee run-1 films]', 'run-2 films')).toBe(false);
    expect(isMarked(undefined, 'run-1 films')).toBe(false);
  });

  it('are cut where a description is very long', () => {
    const [statement] = commentTable(
      'films',
      { description: 'x'.repeat(2000), columns: {} },
      'run-1',
      'snowflake',
    );
    expect(statement).toBe(`comment on table films is '${'x'.repeat(999)}… [matinee run-1]'`);
  });
});

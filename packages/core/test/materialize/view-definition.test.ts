import { describe, expect, it } from 'vitest';
import { keepingGrants } from '../../src/materialize/view-definition.js';

describe('a definition of a view keeps the grants of what it replaces', () => {
  it.each([
    [
      'after its columns',
      'create or replace view DB.LAB.FILMS(\n\tID,\n\tTITLE\n) as select 1, (2);',
      'create or replace view DB.LAB.FILMS(\n\tID,\n\tTITLE\n) copy grants as select 1, (2);',
    ],
    [
      'before its comment',
      "create or replace secure view LAB.FILMS(ID COMMENT 'as ) it''s') comment='as it was' as select 1",
      "create or replace secure view LAB.FILMS(ID COMMENT 'as ) it''s') copy grants comment='as it was' as select 1",
    ],
    [
      'whatever its name is',
      'create or replace view LAB."as (copy" as select 1',
      'create or replace view LAB."as (copy" copy grants as select 1',
    ],
    [
      'once',
      'create or replace view LAB.FILMS copy grants as select 1',
      'create or replace view LAB.FILMS copy grants as select 1',
    ],
  ])('%s', (_where, definition, expected) => {
    expect(keepingGrants(definition)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { analysis, buildDag, dataTest, integer, selectNodes, sql, UsageError } from '../../src/index.js';
import { aModel, aSource } from '../support/nodes.js';
import { packagesOf, thrownBy } from '../support/project.js';

const n = { n: integer() };
const raw = aSource('raw_films', n, { tags: ['nightly'] });
const srcFilms = aModel('src_films', n, sql`select n from ${raw}`, { tags: ['core', 'nightly'] });
const srcTags = aModel('src_tags', n, sql`select 1 as n`, { tags: ['core'] });
const intFilms = aModel('int_films', n, sql`select a.n from ${srcFilms} a, ${srcTags} b`);
const fctFilms = aModel('fct_films', n, sql`select n from ${intFilms}`);
const topFilms = analysis({
  name: 'top_films',
  description: '',
  columns: n,
  query: sql`select n from ${fctFilms}`,
});
const positive = dataTest({
  name: 'films_positive',
  description: '',
  query: sql`select n from ${fctFilms} where n < 0`,
});

const dag = buildDag(
  packagesOf({
    '@films/models-staging': [raw, srcFilms, srcTags],
    '@films/models-content': [intFilms, fctFilms, topFilms, positive],
  }),
);

const pick = (select: string | string[], exclude: string[] = []) =>
  [...selectNodes(dag, [select].flat(), exclude)].sort();

describe('a selector', () => {
  it.each([
    ['int_films', ['int_films']],
    ['src_*', ['src_films', 'src_tags']],
    ['*films', ['fct_films', 'int_films', 'raw_films', 'src_films', 'top_films']],
    ['+int_films', ['int_films', 'raw_films', 'src_films', 'src_tags']],
    ['int_films+', ['fct_films', 'films_positive', 'int_films', 'top_films']],
    ['1+int_films+1', ['fct_films', 'int_films', 'src_films', 'src_tags']],
    ['2+fct_films', ['fct_films', 'int_films', 'src_films', 'src_tags']],
    ['0+fct_films', ['fct_films']],
    ['1+src_*+1', ['int_films', 'raw_films', 'src_films', 'src_tags']],
    ['package:@films/models-staging', ['raw_films', 'src_films', 'src_tags']],
    ['package:models-content', ['fct_films', 'films_positive', 'int_films', 'top_films']],
    [
      'package:*staging+',
      ['fct_films', 'films_positive', 'int_films', 'raw_films', 'src_films', 'src_tags', 'top_films'],
    ],
    ['tag:nightly', ['raw_films', 'src_films']],
    ['tag:c*', ['src_films', 'src_tags']],
    ['path:packages/core/test/graph', ['films_positive', 'top_films']],
    ['path:./packages/core/test/graph/', ['films_positive', 'top_films']],
    ['path:packages/core/test/graph/selection.test.ts', ['films_positive', 'top_films']],
    ['path:*/support/*', ['fct_films', 'int_films', 'raw_films', 'src_films', 'src_tags']],
    ['kind:source', ['raw_films']],
    ['kind:data-test', ['films_positive']],
    ['kind:analysis', ['top_films']],
    ['src_tags kind:source', ['raw_films', 'src_tags']],
    ['tag:core,tag:nightly', ['src_films']],
    ['+fct_films,kind:model,src_*', ['src_films', 'src_tags']],
    ['tag:nightly,kind:source src_tags', ['raw_films', 'src_tags']],
  ])('%s picks its nodes', (select, expected) => {
    expect(pick(select)).toEqual(expected);
  });

  it('is one of several, given as words or one by one', () => {
    expect(pick(['src_tags', 'raw_films int_films'])).toEqual(['int_films', 'raw_films', 'src_tags']);
  });

  it('left out picks everything, in build order', () => {
    expect([...selectNodes(dag)]).toEqual(dag.inOrder(dag.project.nodes.keys()));
  });

  it('may be taken out again', () => {
    expect(pick('+int_films', ['kind:source', 'src_tags'])).toEqual(['int_films', 'src_films']);
    expect([...selectNodes(dag, [], ['package:models-content'])].sort()).toEqual([
      'raw_films',
      'src_films',
      'src_tags',
    ]);
  });

  it.each([
    ['int_film', "Nothing is selected by 'int_film'.", "Did you mean 'int_films'"],
    [
      'package:models-stagin',
      "Nothing is selected by 'package:models-stagin'.",
      "Did you mean 'models-staging'?",
    ],
    ['tag:nightly2', "Nothing is selected by 'tag:nightly2'.", "Did you mean 'nightly'?"],
    ['kind:modle', "Nothing is selected by 'kind:modle'.", "Did you mean 'model'?"],
    ['kind:exposures', "Nothing is selected by 'kind:exposures'.", "Did you mean 'exposure'?"],
    ['nothing_like_it', "Nothing is selected by 'nothing_like_it'.", 'matinee ls lists all nodes.'],
    ['owner:me', "'owner:' is no way to select.", 'There are: package:, tag:, path:, kind:.'],
    ['constructor:me', "'constructor:' is no way to select.", 'There are: package:, tag:, path:, kind:.'],
    ['++int_films', "'++int_films' is no selector.", 'Write name'],
    ['kind:source,kind:model', "Nothing is selected by 'kind:source,kind:model'.", 'leave the option out'],
    ['', "Nothing is selected by ''.", 'leave the option out to select everything'],
    ['int_films,nope', "Nothing is selected by 'nope'.", 'matinee ls lists all nodes.'],
  ])('%s is refused with a suggestion', (select, message, hint) => {
    const error = thrownBy(() => pick(select)) as UsageError;
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ code: 'SELECTOR', exitCode: 2, message });
    expect(error.hint).toContain(hint);
  });
});

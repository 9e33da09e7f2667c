import { fileURLToPath } from 'node:url';
import { gatherProject, Namer } from '@matinee/core';
import * as audience from '@matinee/models-audience/warehouse';
import * as content from '@matinee/models-content/warehouse';
import * as recommendation from '@matinee/models-recommendation/warehouse';
import * as staging from '@matinee/models-staging/warehouse';
import { generatePowerBi, parquetSource, snowflakeSource } from '@matinee/powerbi';
import { describe, expect, it } from 'vitest';
import { readTmdl } from '../../powerbi/test/support/tmdl-reader.js';
import { authoringVerdict, powerQueryError, schemaErrors } from '../../powerbi/test/support/validators.js';
import * as reports from '../src/warehouse.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const project = gatherProject(
  root,
  Object.entries({ staging, audience, content, recommendation, reports }).map(([domain, exports]) => ({
    package: `@matinee/${domain === 'reports' ? '' : 'models-'}${domain}`,
    domain,
    folder: `${root}packages/${domain === 'reports' ? '' : 'models-'}${domain}`,
    exports,
  })),
);
const place = { account: 'org-acct', warehouse: 'wh', role: 'reader', database: 'movies' };
const variants = {
  snowflake: generatePowerBi(
    reports.movielens,
    snowflakeSource(project, new Namer('snowflake', 'dev_'), place),
  ),
  parquet: generatePowerBi(reports.movielens, parquetSource('C:\\data\\export')),
};

describe.each(Object.entries(variants))('the Power BI project over %s', (_source, generated) => {
  const tmdl = (path: string) => generated.files.get(`MovieLens.SemanticModel/definition/${path}`) ?? '';

  it("fits Microsoft's JSON schemas", () => {
    expect(schemaErrors(generated)).toEqual([]);
  });

  it("passes Microsoft's check of reports without a warning", async () => {
    expect(await authoringVerdict(generated)).toMatchObject({ result: 'succeeded', errorCount: 0 });
  });

  it('loads its rows with M that parses', async () => {
    const queries = [...generated.files].flatMap(([path, text]) =>
      path.includes('/tables/') && text.includes(' = m\n')
        ? [text.slice(text.indexOf('source =') + 'source ='.length)]
        : [],
    );
    expect(queries).toHaveLength(12);
    const parameters = readTmdl(tmdl('expressions.tmdl')).map(({ text }) => text.replace(/^.*? = /, ''));
    for (const query of [...queries, ...parameters]) expect(await powerQueryError(query)).toBeUndefined();
  });

  it('has ratings at their own grain, and one relationship that filters both ways', () => {
    const columns = readTmdl(tmdl('tables/Rating.tmdl'))[0]?.children.filter(({ text }) =>
      text.startsWith('column '),
    );
    expect(columns?.map(({ text }) => text)).toEqual([
      "column 'User id'",
      "column 'Movie id'",
      'column Rating',
      "column 'Rating day'",
    ]);
    const relationships = readTmdl(tmdl('relationships.tmdl')).map(({ children }) =>
      children.map(({ text }) => text.replace(/^(fromColumn|toColumn): /, '')),
    );
    expect(relationships).toEqual([
      ["Rating.'User id'", "User.'User id'"],
      ["Rating.'Movie id'", "Movie.'Movie id'"],
      ['crossFilteringBehavior: bothDirections', "'Movie genre'.'Movie id'", "Movie.'Movie id'"],
      ["'Tagged movie'.'Movie id'", "Movie.'Movie id'"],
      ["'Tagged movie'.'Tag id'", "Tag.'Tag id'"],
      ["'Movie statistics'.'Movie id'", "Movie.'Movie id'"],
      ["Recommendation.'Movie id'", "Movie.'Movie id'"],
      ["Rating.'Rating day'", 'Date.Date'],
      ["'Movie genre'.'Genre name'", "Genre.'Genre name'"],
      ["Cohort.'Cohort month'", 'Date.Date'],
      ["Recommendation.'Recommendation category'", "'Recommendation category'.Category"],
      ["'Recommendation history'.'Recommendation category'", "'Recommendation category'.Category"],
    ]);
  });

  it('computes its numbers with the measures of the marts', () => {
    const dax = (file: string) =>
      readTmdl(tmdl(`tables/${file}.tmdl`))[0]
        ?.children.map(({ text }) => text)
        .filter((text) => text.startsWith('measure '));
    expect(dax('Rating')).toEqual([
      "measure Ratings = COUNTROWS('Rating')",
      "measure Users = DISTINCTCOUNT('Rating'[User id])",
      "measure Movies = DISTINCTCOUNT('Rating'[Movie id])",
      "measure 'Rating sum' = SUM('Rating'[Rating])",
      "measure 'Average rating' = AVERAGE('Rating'[Rating])",
      "measure 'Ratings per user' = DIVIDE([Ratings], [Users])",
    ]);
    expect(dax('Movie genre')).toEqual([
      "measure Genres = CALCULATE(CALCULATE(DISTINCTCOUNT('Movie genre'[Genre name]), KEEPFILTERS('Movie genre'[Genre name] <> \"(no genres listed)\")), SUMMARIZE('Rating', 'Movie'[Movie id]))",
    ]);
    expect(dax('Cohort')).toEqual([
      "measure 'Active users' = SUM('Cohort'[Users])",
      "measure 'Cohort users' = SUM('Cohort'[Cohort size])",
      "measure 'Retained share' = DIVIDE([Active users], [Cohort users])",
    ]);
    expect(dax('Movie statistics')?.slice(3)).toEqual([
      "measure 'Tagged ratings' = CALCULATE(SUM('Movie statistics'[Rating count]), SUMMARIZE('Tagged movie', 'Movie'[Movie id]))",
      "measure 'Tagged average rating' = CALCULATE(DIVIDE(SUMX('Movie statistics', 'Movie statistics'[Avg rating] * 'Movie statistics'[Rating count]), SUM('Movie statistics'[Rating count])), SUMMARIZE('Tagged movie', 'Movie'[Movie id]))",
    ]);
  });

  it('shows four pages, beginning with the start, and one that a genre opens', () => {
    const pages = [...generated.files].filter(([path]) => path.endsWith('/page.json'));
    expect(pages.map(([, text]) => (JSON.parse(text) as { displayName: string }).displayName)).toEqual([
      'Start',
      'Audience',
      'Tag insights',
      'Recommendations',
      'Genre',
    ]);
    expect(pages.map(([, text]) => (JSON.parse(text) as { type?: string }).type)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      'Drillthrough',
    ]);
  });
});

describe('the Power BI project', () => {
  it('reads tables and views of Snowflake under the names they have there', () => {
    const movie = variants.snowflake.files.get('MovieLens.SemanticModel/definition/tables/Movie.tmdl');
    expect(movie).toContain('Database{[Name = "DEV_STAGING", Kind = "Schema"]}[Data]');
    expect(movie).toContain('Schema{[Name = "SRC_MOVIES", Kind = "View"]}[Data]');
    expect(movie).toContain('{{"MOVIE_ID", "movie_id"}, {"TITLE", "title"}}');
    const rating = variants.snowflake.files.get('MovieLens.SemanticModel/definition/tables/Rating.tmdl');
    expect(rating).toContain('{"RATING_TIMESTAMP", "rating_day"}');
    expect(rating).toContain('{"rating_day", type date}');
  });

  it('differs between sources in queries and parameters alone', () => {
    const withoutSource = (text: string) => text.replace(/\tpartition [\s\S]*$/, '');
    for (const [path, text] of variants.parquet.files) {
      if (path.endsWith('expressions.tmdl') || path.endsWith('model.tmdl')) continue;
      expect(withoutSource(variants.snowflake.files.get(path) ?? '')).toBe(withoutSource(text));
    }
  });

  it('stands in the lineage behind the relations that it loads', () => {
    expect(reports.movielens.reads.map(({ name }) => name)).toEqual([
      'fct_user_behaviour_genres_concat',
      'int_user_profiles',
      'src_movies',
      'int_movie_genres',
      'cube_cohorts',
      'fct_tag_performance',
      'cube_tag_movies',
      'int_movie_rating_stats',
      'recommendation_categories',
      'fct_movie_recommendations',
      'cube_recommendation_history',
    ]);
  });
});

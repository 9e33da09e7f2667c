import type { Delivery } from './delivery.js';
import { groupBy, sum } from './group.js';
import { type MovieStats, statsByMovie } from './movie-stats.js';
import { type ExpectedTable, expectedTable } from './table.js';
import type { Variables } from './variables.js';

interface TagRelevance {
  readonly movie_id: number;
  readonly tag_id: number;
  readonly tag: string;
  readonly relevance: number;
}

const tagColumns = { movie_id: 'int', tag_id: 'int', tag: 'text', relevance: 'double' } as const;

export function contentTables(delivery: Delivery, variables: Variables): ExpectedTable[] {
  const stats = statsByMovie(delivery);
  const relevance = tagRelevance(delivery);
  const topTags = [...groupBy(relevance, (row) => row.movie_id).values()].flatMap((tags) =>
    tags.sort(mostRelevantFirst).slice(0, variables.top_n_tags),
  );
  const link = topTags.filter(
    ({ movie_id }) => (stats.get(movie_id)?.rating_count ?? -1) >= variables.min_movie_ratings,
  );
  return [
    expectedTable(
      'content.int_movie_rating_stats',
      'table',
      { movie_id: 'int', rating_count: 'int', unique_raters: 'int', avg_rating: 'double' },
      [...stats.values()].map((row) => ({ ...row })),
    ),
    expectedTable('content.int_movie_tag_relevance', 'table', tagColumns, plain(relevance)),
    expectedTable('content.int_movie_top_tags', 'table', tagColumns, plain(topTags)),
    expectedTable('content.int_tag_movie_link', 'table', tagColumns, plain(link)),
    tagProfiles(delivery, link),
    tagPerformance(link, stats, variables),
    tagMovies(link, stats, variables),
  ];
}

function plain(rows: readonly TagRelevance[]) {
  return rows.map((row) => ({ ...row }));
}

function mostRelevantFirst(a: TagRelevance, b: TagRelevance): number {
  return b.relevance - a.relevance || a.tag_id - b.tag_id;
}

function tagRelevance(delivery: Delivery): TagRelevance[] {
  const tags = new Map(delivery.genomeTags.map((row) => [row.tagId, row.tag]));
  return delivery.genomeScores.flatMap(({ movieId, tagId, relevance }) => {
    const tag = tags.get(tagId);
    return tag === undefined ? [] : [{ movie_id: movieId, tag_id: tagId, tag, relevance }];
  });
}

function tagProfiles(delivery: Delivery, link: readonly TagRelevance[]): ExpectedTable {
  const titles = new Map(delivery.movies.map((row) => [row.movieId, row.title]));
  return expectedTable(
    'content.dim_movie_tag_profile',
    'table',
    { movie_id: 'int', title: 'text', top_tags_list: 'text' },
    [...groupBy(link, (row) => row.movie_id)].flatMap(([movie_id, tags]) => {
      const title = titles.get(movie_id);
      const top_tags_list = tags
        .sort(mostRelevantFirst)
        .map((row) => row.tag)
        .join(', ');
      return title === undefined ? [] : [{ movie_id, title, top_tags_list }];
    }),
  );
}

function tagPerformance(
  link: readonly TagRelevance[],
  stats: ReadonlyMap<number, MovieStats>,
  variables: Variables,
): ExpectedTable {
  const byTag = [...groupBy(link, (row) => row.tag_id)];
  return expectedTable(
    'content.fct_tag_performance',
    'table',
    {
      tag_id: 'int',
      tag: 'text',
      movies_with_tag: 'int',
      total_ratings_on_tagged_movies: 'int',
      weighted_avg_rating: 'double',
    },
    byTag
      .filter(([, rows]) => rows.length >= variables.min_tag_movies)
      .map(([tag_id, rows]) => {
        const movies = rows.map((row) => stats.get(row.movie_id)!);
        const weight = sum(movies.map((movie) => movie.rating_count));
        const weighted = sum(movies.map((movie) => movie.avg_rating * movie.rating_count));
        return {
          tag_id,
          tag: rows[0]!.tag,
          movies_with_tag: rows.length,
          total_ratings_on_tagged_movies: weight,
          weighted_avg_rating: weight === 0 ? null : weighted / weight,
        };
      }),
  );
}

function tagMovies(
  link: readonly TagRelevance[],
  stats: ReadonlyMap<number, MovieStats>,
  variables: Variables,
): ExpectedTable {
  const measured = [...groupBy(link, (row) => row.tag_id).values()].filter(
    (rows) => rows.length >= variables.min_tag_movies,
  );
  return expectedTable(
    'content.cube_tag_movies',
    'table',
    { movie_id: 'int', tag_id: 'int', rating_count: 'int', avg_rating: 'double' },
    measured.flat().map(({ movie_id, tag_id }) => {
      const { rating_count, avg_rating } = stats.get(movie_id)!;
      return { movie_id, tag_id, rating_count, avg_rating };
    }),
  );
}

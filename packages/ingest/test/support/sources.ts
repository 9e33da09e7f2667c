import { double, integer, source, text, timestamp } from '@matinee/core';

/** Sources that have every quirk of the published files. */
export const ratings = source({
  name: 'ratings',
  description: 'A key of two ints, a double and a time.',
  columns: { userId: integer(), movieId: integer(), rating: double(), timestamp: timestamp() },
  key: ['userId', 'movieId'],
  shapes: [
    {
      name: 'grouplens',
      file: 'ratings.csv',
      header: ['userId', 'movieId', 'rating', 'timestamp'],
      formats: { timestamp: { type: 'epochSeconds' } },
    },
    {
      name: 'kaggle',
      file: 'rating.csv',
      header: ['userId', 'movieId', 'rating', 'timestamp'],
      escape: '\\',
      formats: { timestamp: { type: 'dateTime' } },
    },
  ],
});

export const tags = source({
  name: 'tags',
  description: 'Text between other columns, and no key.',
  columns: { userId: integer(), movieId: integer(), tag: text(), timestamp: timestamp() },
  shapes: [
    {
      name: 'grouplens',
      file: 'tags.csv',
      header: ['userId', 'movieId', 'tag', 'timestamp'],
      formats: { timestamp: { type: 'epochSeconds' } },
    },
    {
      name: 'kaggle',
      file: 'tag.csv',
      header: ['userId', 'movieId', 'tag', 'timestamp'],
      escape: '\\',
      formats: { tag: { type: 'pairedQuotes' }, timestamp: { type: 'dateTime' } },
    },
  ],
});

export const movies = source({
  name: 'movies',
  description: 'Text at the end of the row.',
  columns: { movieId: integer(), title: text(), genres: text() },
  key: ['movieId'],
  shapes: [
    { name: 'grouplens', file: 'movies.csv', header: ['movieId', 'title', 'genres'] },
    {
      name: 'kaggle',
      file: 'movie.csv',
      header: ['movieId', 'title', 'genres'],
      escape: '\\',
      formats: { title: { type: 'pairedQuotes' }, genres: { type: 'pairedQuotes' } },
    },
  ],
});

export const links = source({
  name: 'links',
  description: 'Padded text, and an int that may be missing.',
  columns: { movieId: integer(), imdbId: text(), tmdbId: integer().nullable() },
  key: ['movieId'],
  shapes: [
    {
      name: 'grouplens',
      file: 'links.csv',
      header: ['movieId', 'imdbId', 'tmdbId'],
      formats: { imdbId: { type: 'zeroPadded', width: 7 } },
    },
    {
      name: 'kaggle',
      file: 'link.csv',
      header: ['movieId', 'imdbId', 'tmdbId'],
      escape: '\\',
      formats: { imdbId: { type: 'zeroPadded', width: 7 } },
    },
  ],
});

export const scores = source({
  name: 'scores',
  description: 'May be absent.',
  columns: { movieId: integer(), tagId: integer(), relevance: double() },
  key: ['movieId', 'tagId'],
  optional: true,
  shapes: [
    { name: 'grouplens', file: 'genome-scores.csv', header: ['movieId', 'tagId', 'relevance'] },
    { name: 'kaggle', file: 'genome_scores.csv', header: ['movieId', 'tagId', 'relevance'], escape: '\\' },
  ],
});

export const allSources = [ratings, tags, movies, links, scores] as const;

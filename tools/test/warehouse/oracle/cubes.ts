/** What the cubes of the audience should hold, computed from ratings one by one. */
import type { Delivery } from './delivery.js';
import { genresByMovie } from './genres.js';
import { groupBy, sum } from './group.js';
import { profilesByUser } from './profiles.js';
import { type ExpectedTable, expectedTable } from './table.js';
import { utcText } from './time.js';

type RatingRow = Delivery['ratings'][number];

const FIRST_DAY_GAP = 10_000_000;
const TOP_MOVIES = 100;

const dayOf = ({ time }: RatingRow) => utcText(time).slice(0, 10);

export function audienceCubes(delivery: Delivery): ExpectedTable[] {
  const profiles = profilesByUser(delivery);
  const levelOf = ({ userId }: RatingRow) => profiles.get(userId)!.engagement_level;
  const monthOf = (row: RatingRow) => Number(dayOf(row).slice(5, 7));
  return [
    ratingCube(delivery, levelOf),
    expectedTable(
      'audience.cube_rating_users',
      'table',
      { engagement_level: 'text', days_since_previous: 'int', rating_day: 'date', users: 'int' },
      gaps(
        delivery.ratings,
        (row) => row.userId,
        (row) => [levelOf(row)],
      ).map(({ within: [engagement_level = ''], count: users, ...row }) => ({
        engagement_level,
        ...row,
        users,
      })),
    ),
    expectedTable(
      'audience.cube_rating_users_by_month',
      'table',
      {
        rated_month: 'int',
        engagement_level: 'text',
        days_since_previous: 'int',
        rating_day: 'date',
        users: 'int',
      },
      gaps(
        delivery.ratings,
        (row) => row.userId,
        (row) => [monthOf(row), levelOf(row)],
      ).map(({ within: [rated_month = 0, engagement_level = ''], count: users, ...row }) => ({
        rated_month,
        engagement_level,
        ...row,
        users,
      })),
    ),
    expectedTable(
      'audience.cube_rating_movies',
      'table',
      { days_since_previous: 'int', rating_day: 'date', movies: 'int' },
      gaps(
        delivery.ratings,
        (row) => row.movieId,
        () => [],
      ).map(({ count: movies, ...row }) => ({ ...row, movies })),
    ),
    genreCube(delivery),
    genreMovies(delivery),
    cohorts(delivery),
  ];
}

interface Gap {
  readonly within: readonly (string | number)[];
  readonly days_since_previous: number;
  readonly rating_day: string;
  readonly count: number;
}

/** How many things were active on each day and last so many days before, each day of each thing by itself. */
function gaps(
  ratings: readonly RatingRow[],
  thing: (row: RatingRow) => number,
  within: (row: RatingRow) => (string | number)[],
): Gap[] {
  const found: Omit<Gap, 'count'>[] = [];
  for (const rows of groupBy(ratings, (row) => JSON.stringify([thing(row), within(row)])).values()) {
    const days = [...new Set(rows.map(dayOf))].sort();
    days.forEach((rating_day, index) => {
      const before = days[index - 1];
      const days_since_previous = before
        ? (Date.parse(rating_day) - Date.parse(before)) / 86_400_000
        : FIRST_DAY_GAP;
      found.push({ within: within(rows[0]!), days_since_previous, rating_day });
    });
  }
  return [...groupBy(found, (row) => JSON.stringify(row)).values()].map((rows) => ({
    ...rows[0]!,
    count: rows.length,
  }));
}

function ratingCube(delivery: Delivery, levelOf: (row: RatingRow) => string): ExpectedTable {
  const groups = groupBy(delivery.ratings, (row) => `${row.rating} ${levelOf(row)} ${dayOf(row)}`);
  return expectedTable(
    'audience.cube_ratings',
    'table',
    { rating: 'double', engagement_level: 'text', rating_day: 'date', ratings: 'int' },
    Array.from(groups.values(), (rows) => ({
      rating: rows[0]!.rating,
      engagement_level: levelOf(rows[0]!),
      rating_day: dayOf(rows[0]!),
      ratings: rows.length,
    })),
  );
}

function genreCube(delivery: Delivery): ExpectedTable {
  const genres = genresByMovie(delivery);
  const exploded = delivery.ratings.flatMap((row) =>
    genres.get(row.movieId)!.map((genre) => ({ genre, day: dayOf(row), rating: row.rating })),
  );
  return expectedTable(
    'audience.cube_genres',
    'table',
    { genre_name: 'text', rating_day: 'date', genre_ratings: 'int', genre_rating_sum: 'double' },
    Array.from(groupBy(exploded, ({ genre, day }) => `${genre}|${day}`).values(), (rows) => ({
      genre_name: rows[0]!.genre,
      rating_day: rows[0]!.day,
      genre_ratings: rows.length,
      genre_rating_sum: sum(rows.map(({ rating }) => rating)),
    })),
  );
}

function genreMovies(delivery: Delivery): ExpectedTable {
  const genres = genresByMovie(delivery);
  const byMovie = groupBy(delivery.ratings, (row) => row.movieId);
  const titles = new Map(delivery.movies.map(({ movieId, title }) => [movieId, title]));
  const rated = [...byMovie.keys()].flatMap((movie) => genres.get(movie)!.map((genre) => ({ movie, genre })));
  const count = (movie: number) => byMovie.get(movie)!.length;
  const rows = [...groupBy(rated, ({ genre }) => genre)].flatMap(([genre_name, movies]) =>
    movies
      .sort((a, b) => count(b.movie) - count(a.movie) || a.movie - b.movie)
      .slice(0, TOP_MOVIES)
      .flatMap(({ movie }) =>
        Array.from(
          groupBy(byMovie.get(movie)!, (row) => Number(dayOf(row).slice(0, 4))),
          ([rated_year, ratings]) => ({
            genre_name,
            movie_id: movie,
            title: titles.get(movie)!,
            rated_year,
            ratings: ratings.length,
            rating_sum: sum(ratings.map(({ rating }) => rating)),
          }),
        ),
      ),
  );
  return expectedTable(
    'audience.cube_genre_movies',
    'table',
    {
      genre_name: 'text',
      movie_id: 'int',
      title: 'text',
      rated_year: 'int',
      ratings: 'int',
      rating_sum: 'double',
    },
    rows,
  );
}

function cohorts(delivery: Delivery): ExpectedTable {
  const monthNumber = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  const users = Array.from(groupBy(delivery.ratings, (row) => row.userId).values(), (rows) => {
    const months = new Set(rows.map((row) => dayOf(row).slice(0, 7)));
    return { first: [...months].sort()[0]!, months };
  });
  const last = Math.max(...users.flatMap((user) => [...user.months].map(monthNumber)));
  return expectedTable(
    'audience.cube_cohorts',
    'table',
    { cohort_month: 'date', months_since: 'int', users: 'int', cohort_size: 'int' },
    [...groupBy(users, ({ first }) => first)].flatMap(([first, cohort]) =>
      Array.from({ length: last - monthNumber(first) + 1 }, (_, months_since) => ({
        cohort_month: `${first}-01`,
        months_since,
        users: cohort.filter((user) =>
          [...user.months].some((month) => monthNumber(month) - monthNumber(first) === months_since),
        ).length,
        cohort_size: cohort.length,
      })),
    ),
  );
}

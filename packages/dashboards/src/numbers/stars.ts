import type { Cube } from './cube.js';
import { Daily } from './daily.js';
import { onceFor } from './once-for.js';

/** What averages of ratings are made from, by days: how many ratings, and their stars together. */
export type Stars = Daily;

/** The numbers of {@link Stars}. */
export const RATINGS = 0;
export const SUM = 1;

/** Of `cube_ratings`, each rating counted once. */
export const starsOfRatings: (cube: Cube) => Stars = onceFor((cube: Cube) => {
  const [stars, ratings] = [cube.numbers('rating'), cube.numbers('ratings')];
  return Daily.of(cube.days('rating_day'), 2, (row, sums, at) => {
    const count = ratings[row] as number;
    sums[at + RATINGS] = (sums[at + RATINGS] as number) + count;
    sums[at + SUM] = (sums[at + SUM] as number) + count * (stars[row] as number);
  });
});

/** Of each genre of `cube_genres`, in the order of its names. */
export const starsOfGenres: (cube: Cube) => readonly { readonly genre: string; readonly stars: Stars }[] =
  onceFor((cube: Cube) => {
    const { codes, values } = cube.texts('genre_name');
    const [days, counts, sumsOfRows] = [
      cube.days('rating_day'),
      cube.numbers('genre_ratings'),
      cube.numbers('genre_rating_sum'),
    ];
    const rows = values.map((): number[] => []);
    codes.forEach((code, row) => {
      rows[code]?.push(row);
    });
    const add = (row: number, sums: Float64Array, at: number) => {
      sums[at + RATINGS] = (sums[at + RATINGS] as number) + (counts[row] as number);
      sums[at + SUM] = (sums[at + SUM] as number) + (sumsOfRows[row] as number);
    };
    return values.map((genre, code) => ({
      genre,
      stars: Daily.of(days, 2, add, Int32Array.from(rows[code] ?? [])),
    }));
  });

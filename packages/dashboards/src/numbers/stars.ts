import type { Cube } from './cube.js';
import { onceFor } from './once-for.js';

/** What averages of ratings are summed from, row by row of a cube. */
export interface Stars {
  readonly days: Int32Array;
  readonly ratings: Float64Array;
  /** The stars of these ratings together. */
  readonly sums: Float64Array;
}

/** Of `cube_ratings`, each rating counted once. */
export const starsOfRatings: (cube: Cube) => Stars = onceFor((cube: Cube) => {
  const ratings = cube.numbers('ratings');
  const sums = cube.numbers('rating').map((stars, row) => stars * (ratings[row] as number));
  return { days: cube.days('rating_day'), ratings, sums };
});

/** Of each genre of `cube_genres`, in the order of its names. */
export const starsOfGenres: (cube: Cube) => readonly { readonly genre: string; readonly stars: Stars }[] =
  onceFor((cube: Cube) => {
    const { codes, values } = cube.texts('genre_name');
    const [days, ratings, sums] = [
      cube.days('rating_day'),
      cube.numbers('genre_ratings'),
      cube.numbers('genre_rating_sum'),
    ];
    const rows = values.map((): number[] => []);
    codes.forEach((code, row) => {
      rows[code]?.push(row);
    });
    return values.map((genre, code) => {
      const of = rows[code] ?? [];
      return {
        genre,
        stars: {
          days: Int32Array.from(of, (row) => days[row] as number),
          ratings: Float64Array.from(of, (row) => ratings[row] as number),
          sums: Float64Array.from(of, (row) => sums[row] as number),
        },
      };
    });
  });

import type { Cube } from './cube.js';
import { onceFor } from './once-for.js';

export interface Tag {
  readonly id: number;
  readonly tag: string;
  readonly movies: number;
  readonly ratings: number;
  readonly average: number;
}

/** The tags that are measured, those with most ratings first. @param cube `fct_tag_performance` */
export const allTags: (cube: Cube) => readonly Tag[] = onceFor((cube: Cube) => {
  const { codes, values } = cube.texts('tag');
  const [ids, movies, ratings, averages] = [
    cube.numbers('tag_id'),
    cube.numbers('movies_with_tag'),
    cube.numbers('total_ratings_on_tagged_movies'),
    cube.numbers('weighted_avg_rating'),
  ];
  const tags = Array.from(ids, (id, row) => ({
    id,
    tag: values[codes[row] as number] ?? '',
    movies: movies[row] as number,
    ratings: ratings[row] as number,
    average: averages[row] as number,
  }));
  return tags.sort((a, b) => b.ratings - a.ratings || a.id - b.id);
});

/** Those with one of the names; all if none is named. */
export function chosenTags(tags: readonly Tag[], names: readonly string[]): readonly Tag[] {
  return names.length === 0 ? tags : tags.filter(({ tag }) => names.includes(tag));
}

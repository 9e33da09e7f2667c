import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runMatinee } from '../../../../tools/test/warehouse/command-line.js';
import { writing } from '../../../../tools/test/warehouse/compare.js';
import type { BuiltSite } from './built-sites.js';

/** Sets `globalThis.ran` if anything makes it run. */
const image = (number: number) => `<img src=x onerror="globalThis.ran=${number}">`;

/** Where an own property would be taken for what all objects have. */
const INHERITED = ['__proto__', 'constructor', 'hasOwnProperty', 'toString'];

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Names that are markup, scripts, quotes, addresses, endless, written the other way round, or known to every object. */
const NAMES = [
  ...INHERITED,
  image(1),
  '</script><script>globalThis.ran=2</script>',
  `"a", 'b' & {c|d}/?#%41~%7E`,
  'long '.repeat(60),
  '\u202eright to left',
];
const LIST = `[${NAMES.map(quoted).join(', ')}]`;

/** The n-th value of a column gets the n-th name; those beyond keep theirs. */
const renamed = (table: string, column: string) => `
  update ${table} set ${column} = coalesce(${LIST}[place], ${column}) from (
    select ${column} as known, row_number() over (order by count(*) desc, 1) as place from ${table} group by 1
  ) where ${column} = known`;

const CHANGES = [
  renamed('audience.cube_genres', 'genre_name'),
  renamed('audience.cube_genre_movies', 'genre_name'),
  `update audience.cube_genre_movies set title = ${quoted(image(3))} || title`,
  renamed('content.fct_tag_performance', 'tag'),
  'alter table recommendation.fct_movie_recommendations alter recommendation_category type varchar',
  renamed('recommendation.fct_movie_recommendations', 'recommendation_category'),
  renamed('recommendation.cube_recommendation_history', 'recommendation_category'),
  `update recommendation.fct_movie_recommendations set title = ${quoted(image(4))} || title,
     genres_string = replace(genres_string, 'Drama', '__proto__')`,
];

/** The site of a copy of a warehouse in which names are what no page should trust. */
export async function buildHostileSite({ database, folder }: BuiltSite): Promise<string> {
  const copy = join(dirname(folder), 'hostile.duckdb');
  cpSync(database, copy);
  await writing(copy, async (connection) => {
    for (const change of CHANGES) await connection.run(change);
  });
  const out = join(dirname(folder), 'hostile');
  const vars = JSON.stringify({ ratings_since: null, min_tag_movies: 5 });
  const environment = { MATINEE_DATABASE: copy };
  await runMatinee(['site', 'build', '--out', out, '--vars', vars], environment);
  return out;
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** When the rating that comes late was given: epoch seconds, before most others. */
const LONG_AGO = 1_000_000_000;

/**
 * Delivers `ratings.csv` of the GroupLens shape anew: of the user who stands first one rating is taken back, one corrected, and one
 * of a movie not rated before comes late.
 */
export function changeDelivery(folder: string): void {
  const file = join(folder, 'ratings.csv');
  const [header = '', ...lines] = readFileSync(file, 'utf8').split(/(?<=\n)/);
  const user = first(lines[0]);
  const own = lines.filter((line) => first(line) === user);
  const [gone, corrected, ...kept] = own;
  const rated = new Set(own.map(second));
  const other = lines.map(second).find((movie) => !rated.has(movie));
  if (gone === undefined || corrected === undefined || other === undefined)
    throw new Error(`There is too little in ${file} for a changed delivery.`);
  const [, movie, stars, ...rest] = corrected.split(',');
  const better = [user, movie, Number(stars) === 5 ? '0.5' : '5.0', ...rest].join(',');
  const end = corrected.endsWith('\r\n') ? '\r\n' : '\n';
  const late = `${user},${other},4.5,${LONG_AGO}${end}`;
  const others = lines.filter((line) => first(line) !== user);
  writeFileSync(file, [header, better, ...kept, ...others, late].join(''));
}

function first(line = ''): string {
  return line.split(',', 1)[0]!;
}

function second(line: string): string {
  return line.split(',', 2)[1] ?? '';
}

import type { Random } from './rng.js';
import { ADJECTIVES, FOREIGN_ENDINGS, FOREIGN_OPENINGS, NAMES, NOUNS, PLACES } from './title-words.js';

const ROMAN = ['II', 'III', 'IV'] as const;

/** As the site files them: a leading article goes to the end, after a comma. */
function withArticle(random: Random, name: string): string {
  const chance = random.below(100);
  return chance < 50 ? `${name}, The` : chance < 58 ? `${name}, A` : name;
}

function plainName(random: Random): string {
  const noun = random.pick(NOUNS);
  switch (random.below(8)) {
    case 0:
    case 1:
      return withArticle(random, `${random.pick(ADJECTIVES)} ${noun}`);
    case 2:
      return withArticle(random, `${noun} of ${random.pick(PLACES)}`);
    case 3:
      return `${random.pick(NAMES)} and the ${random.pick(ADJECTIVES)} ${noun}`;
    case 4:
      return `${random.pick(NAMES)}'s ${random.pick(ADJECTIVES)} ${noun}`;
    case 5:
      return `${random.pick(ADJECTIVES)} ${noun}: The ${random.pick(PLACES)} Story`;
    case 6:
      return `${random.pick(NAMES)}, ${random.pick(NAMES)} & the ${noun}`;
    default:
      return `${random.pick(ADJECTIVES)} ${random.pick(ADJECTIVES)} ${noun}`;
  }
}

function quotedName(random: Random): string {
  const [first, second] = [random.pick(NOUNS), random.pick(NOUNS)];
  switch (random.below(4)) {
    case 0:
      return `"Great ${first}s" ${second}`;
    case 1:
      return `${first} "${second}" ${random.pick(PLACES)}`;
    case 2:
      return `7'05"${first}`;
    default:
      return `${random.pick(NAMES)}, or "The ${random.pick(ADJECTIVES)} ${first}"`;
  }
}

/**
 * An invented title with its year: mostly `Name, The (Year)` and the like. About 3 in 100 hold letters beyond ASCII,
 * 2 in 1,000 double quotes, 1 in 1,000 a blank at the end; 1 in 1,000 lack the year.
 */
export function drawTitle(random: Random, year: number): string {
  const kind = random.below(1_000);
  if (kind < 1) return plainName(random);
  const name = kind < 3 ? quotedName(random) : plainName(random);
  if (kind >= 3 && kind < 33) {
    return `${name} (${random.pick(FOREIGN_OPENINGS)} ${random.pick(FOREIGN_ENDINGS)}) (${year})`;
  }
  if (kind === 33) return `${name} (${year}) `;
  return `${kind >= 34 && kind < 70 ? `${name} ${random.pick(ROMAN)}` : name} (${year})`;
}

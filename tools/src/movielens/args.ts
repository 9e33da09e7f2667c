import { parseArgs } from 'node:util';
import type { ShapeName } from './csv-shape.js';
import { GenerateError } from './errors.js';
import type { ScaleName } from './scale.js';

export interface CliArgs {
  readonly help: boolean;
  readonly quiet: boolean;
  readonly out: string;
  readonly scale: ScaleName | undefined;
  readonly ratings: number | undefined;
  readonly seed: number;
  readonly shape: ShapeName;
  readonly gzip: boolean;
}

export const HELP = `Usage: node tools/bin/generate-data.mjs [options]

Makes a folder of MovieLens CSV files with invented data. The same options give the same bytes.

  --out <folder>    where to (default: target/sample)
  --scale <name>    small: 100,000 ratings (default); 20m: the row counts of MovieLens 20M
  --ratings <n>     any number of ratings instead of a scale; the other counts follow
  --seed <n>        another seed, another set (default: 1)
  --shape <name>    grouplens (default) or kaggle: the same data in the other published shape
  --gzip            write .csv.gz
  --quiet           print nothing unless it fails
  --help            this text
`;

const OPTIONS = {
  out: { type: 'string', default: 'target/sample' },
  scale: { type: 'string' },
  ratings: { type: 'string' },
  seed: { type: 'string', default: '1' },
  shape: { type: 'string', default: 'grouplens' },
  gzip: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false, short: 'h' },
} as const;

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === value);
  if (found !== undefined) return found;
  throw new GenerateError('usage', `${option} must be ${allowed.join(' or ')}, not "${value}"`);
}

/** Accepts digits, with commas or underscores between them for the eye. */
function wholeNumber(option: string, value: string): number {
  if (/^\d+([,_]\d+)*$/.test(value)) return Number(value.replaceAll(/[,_]/g, ''));
  throw new GenerateError('usage', `${option} must be a whole number, not "${value}"`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new GenerateError('usage', (error as Error).message.split(/[.\n]/)[0]!);
  }
}

/** Reads the command line; throws a `GenerateError` (`usage`) with one line that says what is wrong. */
export function readArgs(args: readonly string[]): CliArgs {
  const { help, quiet, out, scale, ratings, seed, shape, gzip } = parse(args);
  if (out === '') throw new GenerateError('usage', '--out must name a folder');
  return {
    help,
    quiet,
    out,
    scale: scale === undefined ? undefined : oneOf<ScaleName>('--scale', scale, ['small', '20m']),
    ratings: ratings === undefined ? undefined : wholeNumber('--ratings', ratings),
    seed: wholeNumber('--seed', seed),
    shape: oneOf('--shape', shape, ['grouplens', 'kaggle']),
    gzip,
  };
}

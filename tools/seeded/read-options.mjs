import { parseArgs } from 'node:util';

/**
 * Reads the options of a script whose seed decides everything: its own, `--seed`, `--json` and `--help`. Prints the help if
 * that is asked for, or what is wrong with them, and ends the process.
 *
 * @param {string} help
 * @param {Record<string, number | undefined>} numbers whole numbers above 0, by name with their defaults
 * @param {readonly string[]} flags
 * @returns {Record<string, number | boolean | undefined>}
 */
export function readOptions(help, numbers, flags = []) {
  const all = { seed: Date.now() % 1_000_000, ...numbers };
  const given = parse([...Object.keys(all)], ['json', 'help', ...flags]);
  if (given.help) {
    console.log(help);
    process.exit(0);
  }
  const read = Object.entries(all).map(([name, preset]) => [name, wholeNumber(name, given[name], preset)]);
  return { ...given, ...Object.fromEntries(read) };
}

function parse(strings, flags) {
  const options = Object.fromEntries([
    ...strings.map((name) => [name, { type: 'string' }]),
    ...flags.map((name) => [name, { type: 'boolean', default: false }]),
  ]);
  options.help.short = 'h';
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return refuse(error.message);
  }
}

function wholeNumber(name, text, preset) {
  if (text === undefined) return preset;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  return refuse(`--${name} takes a whole number above 0, not '${text}'.`);
}

function refuse(message) {
  console.error(message);
  process.exit(2);
}

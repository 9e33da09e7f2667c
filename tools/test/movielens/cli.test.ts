import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CliHost, main } from '../../src/movielens/cli.js';
import { ProgressLine } from '../../src/movielens/progress-line.js';
import { tempFolder } from './temp-folder.js';

const folder = tempFolder();

/** Runs the command and keeps what it prints; `interrupt` is sent as soon as it listens. */
async function run(args: readonly string[], interrupt?: number) {
  let [out, err] = ['', ''];
  let listening = false;
  const host: CliHost = {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    onInterrupt: (callback) => {
      listening = true;
      if (interrupt !== undefined) callback(interrupt);
      return () => {
        listening = false;
      };
    },
  };
  const code = await main(args, host);
  return { code, out, err, listening };
}

test('says in one line what was made, and that it is up to date the next time', async () => {
  const out = join(folder, 'said');
  const first = await run(['--out', out, '--ratings', '1,000', '--shape', 'kaggle']);
  expect(first).toMatchObject({ code: 0, err: '', listening: false });
  expect(first.out).toMatch(
    /^made .*said in \d+\.\d s \(seed 1, kaggle shape: .*53 tags.* 1,000 ratings\)\n$/,
  );
  const second = await run(['--out', out, '--ratings', '1000', '--shape', 'kaggle']);
  expect(second.out).toMatch(/^.*said is up to date \(seed 1/);
});

test('prints nothing when quiet, and the options when asked for help', async () => {
  expect(await run(['--out', join(folder, 'quiet'), '--ratings', '100', '--quiet'])).toMatchObject({
    code: 0,
    out: '',
    err: '',
  });
  const help = await run(['--help']);
  expect(help.code).toBe(0);
  for (const option of ['--out', '--scale', '--ratings', '--seed', '--shape', '--gzip', '--quiet']) {
    expect(help.out).toContain(option);
  }
});

test.each([
  [['--scale', 'big'], '--scale must be small or 20m, not "big"'],
  [['--ratings', '12x'], '--ratings must be a whole number, not "12x"'],
  [['--ratings', '7'], 'ratings must be a whole number from 20 to 1000000000, not 7'],
  [['--scale', 'small', '--ratings', '100'], 'give a scale or a number of ratings, not both'],
  [['--seed', '99999999999999999999'], 'the seed must be a whole number'],
  [['--shape', 'json'], '--shape must be grouplens or kaggle, not "json"'],
  [['--out='], '--out must name a folder'],
  [['--nope'], "Unknown option '--nope'"],
  [['--seed', '-1'], "Option '--seed' argument is ambiguous"],
  [['stray'], "Unexpected argument 'stray'"],
])('wrong usage %j exits with 2 and one line', async (args, message) => {
  const { code, out, err } = await run(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^generate-data: [^\n]+\n$/);
  expect(err).toContain(message);
});

test('a folder that is not ours exits with 1', async () => {
  expect(await run(['--out', import.meta.filename, '--ratings', '100'])).toMatchObject({ code: 1, out: '' });
});

test('an interrupt exits with its code and leaves no folder', async () => {
  const parent = join(folder, 'interrupted');
  const result = await run(['--out', join(parent, 'set')], 130);
  expect(result).toMatchObject({
    code: 130,
    out: '',
    err: 'cancelled; nothing was written\n',
    listening: false,
  });
  expect(existsSync(parent) ? readdirSync(parent) : []).toEqual([]);
});

describe('progress', () => {
  const step = { table: 'ratings', tableRows: 1_234_567, rowsDone: 50, rowsInAll: 100 } as const;

  function record(isTTY: boolean, times: readonly number[]): string[] {
    const printed: string[] = [];
    let time = 0;
    const line = new ProgressLine({ isTTY, write: (text) => printed.push(text) }, () => time);
    for (time of times) line.update(step);
    line.clear();
    return printed;
  }

  test('without a terminal is a line at most every ten seconds', () => {
    expect(record(false, [100, 9_999])).toEqual([]);
    expect(record(false, [10_000, 10_500, 19_999, 20_000])).toEqual([
      'ratings: 1,234,567 rows; 50% of all, 10 s\n',
      'ratings: 1,234,567 rows; 50% of all, 20 s\n',
    ]);
  });

  test('on a terminal is one line written over and wiped', () => {
    const text = 'ratings: 1,234,567 rows; 50% of all, 1 s';
    expect(record(true, [500, 600, 1_000])).toEqual([
      `\r${text}`,
      `\r${text}`,
      `\r${' '.repeat(text.length)}\r`,
    ]);
  });
});

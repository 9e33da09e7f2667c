import type { NodeResult, RunResult } from '@matinee/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createColors } from '../../src/output/colors.js';
import { HumanReporter } from '../../src/run/human-reporter.js';
import { type Recorder, recorder } from '../support/recorder.js';

const start = { type: 'run_started', runId: '1', command: 'build', place: '/shop/target/x.duckdb' } as const;
const published = {
  node: 'a',
  schema: 's',
  materialized: 'table',
  status: 'ok',
  rows: 3,
  seconds: 12,
  tests: { passed: 0, warned: 0, failed: 0 },
} as NodeResult;

beforeEach(() => {
  vi.useFakeTimers({
    now: new Date(2026, 0, 2, 12, 30, 5),
    toFake: ['Date', 'setInterval', 'clearInterval', 'performance'],
  });
});
afterEach(() => vi.useRealTimers());

function report(terminal: Recorder): HumanReporter {
  return new HumanReporter({
    terminal,
    root: '/shop',
    nameOf: (node) => `s.${node}`,
    nameWidthOf: () => 5,
    now: () => new Date(),
    report: async (_result, print) => print('the end'),
  });
}

describe('a run in a log', () => {
  it('prints a line every ten seconds while something runs, saying what', async () => {
    const terminal = recorder();
    const reporter = report(terminal);
    reporter.event({ ...start, nodes: 2, tests: 4 });
    reporter.event({ type: 'node_started', index: 1, total: 2, node: 'a', materialized: 'table' });
    const progress = { source: 'a', file: 'a.csv', bytesTotal: 100 };
    reporter.event({ type: 'load_progress', progress: { ...progress, bytesDone: 0 } });
    vi.advanceTimersByTime(5_000);
    reporter.event({ type: 'load_progress', progress: { ...progress, bytesDone: 40 } });
    vi.advanceTimersByTime(5_000);
    vi.advanceTimersByTime(2000);
    reporter.event({ type: 'node_finished', index: 1, total: 2, result: published });
    vi.advanceTimersByTime(10_000);
    await reporter.finish({} as RunResult);
    vi.advanceTimersByTime(60_000);
    expect(terminal.raws).toEqual([]);
    expect(terminal.outs).toEqual([
      '2 nodes, 4 tests in target/x.duckdb',
      '12:30:05  START 1/2  s.a    table',
      '12:30:15  …          0/2 done, running: s.a 40% of 100 bytes, 4 bytes/s, 15s left',
      '12:30:17  OK    1/2  s.a    table                 3 rows               12.0s',
      'the end',
    ]);
  });

  it('says what it looks at before there is a plan, and that it waits for a store', async () => {
    const terminal = recorder();
    const reporter = report(terminal);
    const survey = { place: 's3://shop/ml/', filesDone: 0, filesTotal: undefined };
    reporter.event({ type: 'survey_progress', progress: survey });
    vi.advanceTimersByTime(10_000);
    const retry = { store: 'store.example', attempt: 2, attempts: 4, reason: 'TimeoutError' };
    reporter.event({ type: 'store_retry', retry });
    vi.advanceTimersByTime(10_000);
    reporter.event({ type: 'survey_progress', progress: { ...survey, filesDone: 1200, filesTotal: 3000 } });
    vi.advanceTimersByTime(10_000);
    reporter.event({ ...start, nodes: 1, tests: 0 });
    vi.advanceTimersByTime(10_000);
    reporter.event({ type: 'node_started', index: 1, total: 1, node: 'a', materialized: 'source' });
    reporter.event({ type: 'store_retry', retry });
    vi.advanceTimersByTime(10_000);
    reporter.close();
    expect(terminal.outs.map((line) => line.replace(/^[\d:]+ {2}(… +)?/, ''))).toEqual([
      'looking at s3://shop/ml/ (10.0s)',
      'waiting for store.example, attempt 2 of 4 (TimeoutError), looking at s3://shop/ml/ (20.0s)',
      'looking at s3://shop/ml/: 1,200 of 3,000 files (30.0s)',
      '1 node, 0 tests in target/x.duckdb',
      'START 1/1  s.a    source',
      '0/1 done, waiting for store.example, attempt 2 of 4 (TimeoutError), running: s.a (10.0s)',
    ]);
  });

  it('says for whom it waits', () => {
    const terminal = recorder();
    const reporter = report(terminal);
    const holder = { pid: 4711, purpose: 'matinee build', since: '2026-01-02T12:30:05.000Z' };
    reporter.event({ type: 'waiting', place: '/shop/target/x.duckdb', holder });
    reporter.close();
    expect(terminal.outs[0]).toMatch(
      /^12:30:05 {2}WAIT +waiting for process 4711 \(matinee build, since 12:30:05 UTC\) to let go of target\/x\.duckdb$/,
    );
  });

  it('prints what a run warns of, in yellow', () => {
    const terminal = recorder({ colors: createColors(true) });
    const reporter = report(terminal);
    const message = 'The build may need 300 MB beside what is published; 100 MB are free.';
    reporter.event({ type: 'warning', code: 'WAREHOUSE_DISK_LOW', message });
    reporter.close();
    expect(terminal.outs[0]).toContain('\u001b[33mWARN\u001b[39m ');
    expect(terminal.outs[0]).toContain(`\u001b[33m${message}\u001b[39m`);
  });

  it('says that a command found nothing to do', () => {
    const terminal = recorder();
    const reporter = report(terminal);
    reporter.event({ ...start, command: 'seed', nodes: 0, tests: 0 });
    reporter.close();
    expect(terminal.outs[1]).toBe('Nothing to do: nothing that is selected is built by matinee seed.');
  });

  it('says that a copy for readers is on its way, and where it stands', () => {
    const terminal = recorder();
    const reporter = report(terminal);
    reporter.copying('/shop/target/readers.duckdb');
    vi.advanceTimersByTime(10_000);
    reporter.copied('/shop/target/readers.duckdb', { bytes: 2_200_000_000, seconds: 8.3 });
    vi.advanceTimersByTime(60_000);
    reporter.close();
    expect(terminal.outs).toEqual([
      '12:30:15  …          copying to target/readers.duckdb',
      'published  target/readers.duckdb  2.2 GB in 8.30s',
    ]);
  });

  it('leaves out what an interruption skips', () => {
    const terminal = recorder();
    const reporter = report(terminal);
    reporter.event({ ...start, nodes: 1, tests: 0 });
    reporter.interrupting();
    reporter.event({
      type: 'node_finished',
      index: 1,
      total: 1,
      result: { ...published, status: 'skipped' },
    });
    reporter.close();
    expect(terminal.outs).toEqual([
      '1 node, 0 tests in target/x.duckdb',
      'interrupted, rolling back… (once more to stop at once)',
    ]);
  });
});

describe('a run on a terminal', () => {
  it('has room for how far the longest source is, in 80 columns', () => {
    const terminal = recorder({ animated: true });
    const reporter = report(terminal);
    reporter.event({ ...start, nodes: 6, tests: 0 });
    const sources = ['raw_movies', 'raw_genome_scores', 'raw_ratings'];
    for (const [index, node] of sources.entries())
      reporter.event({ type: 'node_started', index: index + 1, total: 6, node, materialized: 'source' });
    const progress = { source: 'raw_genome_scores', file: 'genome-scores.csv', bytesTotal: 542e6 };
    reporter.event({ type: 'load_progress', progress: { ...progress, bytesDone: 0 } });
    vi.advanceTimersByTime(3500);
    reporter.event({ type: 'load_progress', progress: { ...progress, bytesDone: 168e6 } });
    terminal.raws.length = 0;
    vi.advanceTimersByTime(100);
    reporter.close();
    expect(terminal.raws[1]).toBe('⠦ 0/6 done, running: s.raw_genome_scores 30% of 542 MB, 47 MB/s, 9s left');
  });

  it('moves one line, and takes it away before it prints another and at the end', () => {
    const terminal = recorder({ animated: true, columns: 31 });
    const reporter = report(terminal);
    reporter.event({ ...start, nodes: 1, tests: 0 });
    reporter.event({ type: 'node_started', index: 1, total: 1, node: 'a', materialized: 'table' });
    vi.advanceTimersByTime(200);
    reporter.close();
    vi.advanceTimersByTime(1000);
    expect(terminal.raws).toEqual([
      '⠙ 0/1 done, running: s.a (0.1…',
      '\r\u001b[2K',
      '⠹ 0/1 done, running: s.a (0.2…',
      '\r\u001b[2K',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { RunningNodes } from '../../src/run/running-nodes.js';

const MB = 1e6;

function nodesAt() {
  const clock = { now: 0 };
  const running = new RunningNodes(
    (node) => `raw.${node}`,
    () => clock.now,
  );
  const load = (source: string, done: number, total: number) =>
    running.progress({ source, file: 'x.csv', bytesDone: done * MB, bytesTotal: total * MB });
  return { clock, running, load };
}

describe('a source that is loaded', () => {
  it('is shown with its share at once, and with rate and time left after a second', () => {
    const { clock, running, load } = nodesAt();
    running.start('ratings', 'source');
    load('ratings', 0, 542);
    expect(running.describe()).toBe('raw.ratings 0% of 542 MB (0.00s)');
    clock.now = 0.5;
    load('ratings', 24, 542);
    expect(running.describe()).toBe('raw.ratings 4% of 542 MB (0.50s)');
    clock.now = 3.5;
    load('ratings', 168, 542);
    expect(running.describe()).toBe('raw.ratings 30% of 542 MB, 48 MB/s, 8s left');
  });

  it('goes at the rate of the last ten seconds', () => {
    const { clock, running, load } = nodesAt();
    running.start('ratings', 'source');
    for (clock.now = 0; clock.now <= 60; clock.now++) load('ratings', clock.now * 10, 2000);
    for (; clock.now <= 80; clock.now++) load('ratings', 600 + (clock.now - 60) * 2, 2000);
    clock.now = 80;
    expect(running.describe()).toBe('raw.ratings 32% of 2.0 GB, 2.0 MB/s, 11m left');
  });

  it('slows down while nothing comes, and has no time left once nothing has come for ten seconds', () => {
    const { clock, running, load } = nodesAt();
    running.start('ratings', 'source');
    load('ratings', 0, 100);
    clock.now = 2;
    load('ratings', 40, 100);
    expect(running.describe()).toBe('raw.ratings 40% of 100 MB, 20 MB/s, 3s left');
    clock.now = 8;
    expect(running.describe()).toBe('raw.ratings 40% of 100 MB, 5.0 MB/s, 12s left');
    clock.now = 12;
    expect(running.describe()).toBe('raw.ratings 40% of 100 MB (12.0s)');
  });
});

describe('several sources', () => {
  it('are shown when it is their turn, with a clock of their own', () => {
    const { clock, running, load } = nodesAt();
    for (const name of ['movies', 'ratings', 'tags']) running.start(name, 'source');
    expect(running.describe()).toBe('raw.movies (0.00s), raw.ratings (0.00s), raw.tags (0.00s)');
    load('ratings', 0, 100);
    clock.now = 5;
    expect(running.describe()).toBe('raw.ratings 0% of 100 MB (5.00s)');
    load('ratings', 100, 100);
    expect(running.describe()).toBe('raw.ratings (5.00s)');
    load('movies', 1, 2);
    expect(running.describe()).toBe('raw.movies 50% of 2.0 MB (0.00s)');
    load('tags', 0, 4);
    expect(running.describe()).toBe('raw.movies 50% of 2.0 MB (0.00s), raw.tags 0% of 4.0 MB (0.00s)');
  });

  it('are all shown once all are read, for they are tested together', () => {
    const { clock, running, load } = nodesAt();
    for (const name of ['movies', 'ratings']) running.start(name, 'source');
    load('ratings', 1, 1);
    load('movies', 1, 1);
    clock.now = 2;
    expect(running.describe()).toBe('raw.movies (2.00s), raw.ratings (2.00s)');
    running.finish('ratings');
    expect(running.describe()).toBe('raw.movies (2.00s)');
  });

  it('do not hide what else runs', () => {
    const { running, load } = nodesAt();
    for (const name of ['movies', 'ratings']) running.start(name, 'source');
    running.start('countries', 'seed');
    load('ratings', 0, 1);
    expect(running.describe()).toBe('raw.ratings 0% of 1.0 MB (0.00s), raw.countries (0.00s)');
  });
});

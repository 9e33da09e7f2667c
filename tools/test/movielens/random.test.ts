import { describe, expect, test } from 'vitest';
import { AliasTable } from '../../src/movielens/alias.js';
import { normalQuantile } from '../../src/movielens/normal.js';
import { Random, shuffle } from '../../src/movielens/rng.js';

describe('random numbers', () => {
  test('start over at an item, whatever was drawn before', () => {
    const random = new Random(7, 'a');
    const first = [random.at(3).uint32(), random.uint32()];
    random.at(9).uint32();
    expect([random.at(3).uint32(), random.uint32()]).toEqual(first);
    expect(new Random(7, 'b').at(3).uint32()).not.toBe(first[0]);
    expect(random.at(4).uint32()).not.toBe(first[0]);
  });

  test('are spread evenly within their bounds', () => {
    const random = new Random(1, 'spread');
    const hits = new Int32Array(10);
    for (let i = 0; i < 100_000; i++) hits[random.below(10)]! += 1;
    for (const count of hits) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  test('shuffling keeps all numbers', () => {
    const numbers = Int32Array.from({ length: 100 }, (_, i) => i);
    shuffle(new Random(1, 'shuffle'), numbers);
    expect([...numbers]).not.toEqual([...numbers].sort((a, b) => a - b));
    expect(new Set(numbers).size).toBe(100);
  });

  test('an alias table draws in proportion to the weights', () => {
    const random = new Random(1, 'alias');
    const table = new AliasTable(Float64Array.of(1, 0, 3, 6));
    const hits = new Int32Array(4);
    for (let i = 0; i < 100_000; i++) hits[table.draw(random)]! += 1;
    expect(hits[1]).toBe(0);
    for (const [i, expected] of [10_000, 0, 30_000, 60_000].entries()) {
      expect(Math.abs(hits[i]! - expected)).toBeLessThan(600);
    }
  });

  test('normal quantiles are those of the tables', () => {
    const known = [0.001, 0.025, 0.5, 0.8413447, 0.975].map(normalQuantile);
    for (const [i, z] of [-3.090232, -1.959964, 0, 1, 1.959964].entries()) expect(known[i]).toBeCloseTo(z, 5);
  });
});

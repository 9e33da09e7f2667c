import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Standstill } from '../../../src/adapters/snowflake/standstill.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('a process that goes on has not stood still, however long that takes', () => {
  const watch = new Standstill(10);
  vi.advanceTimersByTime(60_000);
  expect(watch.hasStood).toBe(false);
  watch.stop();
});

it('a process that was stopped for longer has, and it is not forgotten', () => {
  const watch = new Standstill(10);
  vi.setSystemTime(Date.now() + 11_000);
  expect(watch.hasStood).toBe(true);
  vi.advanceTimersByTime(60_000);
  expect(watch.hasStood).toBe(true);
  watch.stop();
});

it('a short stop is none', () => {
  const watch = new Standstill(10);
  vi.setSystemTime(Date.now() + 7_000);
  expect(watch.hasStood).toBe(false);
  watch.stop();
});

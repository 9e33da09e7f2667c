import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ByteSink } from '../../src/movielens/byte-sink.js';
import { ByteWriter } from '../../src/movielens/byte-writer.js';
import { SHAPES } from '../../src/movielens/csv-shape.js';

const MB = 1 << 20;

/** Keeps what it is given, and gives the memory back only when told to, if `slow`. */
class TestSink implements ByteSink {
  readonly chunks: string[] = [];
  release: () => void = () => undefined;
  private readonly slow: boolean;

  constructor(slow = false) {
    this.slow = slow;
  }

  write(chunk: Uint8Array): Promise<void> {
    this.chunks.push(Buffer.from(chunk).toString('utf8'));
    return this.slow ? new Promise((resolve) => (this.release = resolve)) : Promise.resolve();
  }

  async close(): Promise<void> {}
  async abandon(): Promise<void> {}
}

async function written(append: (writer: ByteWriter) => void): Promise<string> {
  const sink = new TestSink();
  const writer = new ByteWriter(sink);
  append(writer);
  await writer.finish();
  return sink.chunks.join('');
}

async function fill(writer: ByteWriter, bytes: number): Promise<void> {
  for (let i = 0; i < bytes; i += 1_024) {
    writer.text('x'.repeat(1_024));
    await writer.flushIfFull();
  }
}

describe('what is appended', () => {
  test('whole numbers come out in decimal digits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(2 ** 31 - 1)), async (numbers) => {
        const text = await written((writer) => {
          for (const number of numbers) writer.int(number);
        });
        expect(text).toBe(numbers.join(''));
      }),
    );
  });

  test('Kaggle times come out as UTC', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 820_454_400, max: 1_538_000_000 }), async (seconds) => {
        const expected = new Date(seconds * 1_000).toISOString().slice(0, 19).replace('T', ' ');
        expect(await written((writer) => SHAPES.kaggle.time(writer, seconds))).toBe(`"${expected}"`);
      }),
    );
  });

  test('text comes out as UTF-8, in order with the rest', async () => {
    const text = await written((writer) => {
      writer.text('é“');
      writer.byte(44);
      writer.bytes(Buffer.from('4.0'));
      writer.int(0);
    });
    expect(text).toBe('é“,4.00');
  });
});

describe('memory is bounded', () => {
  test('a slow sink stops the writer after one chunk in flight and one being filled', async () => {
    const sink = new TestSink(true);
    const writer = new ByteWriter(sink);
    let finished = false;
    const filling = fill(writer, 3 * MB).then(() => (finished = true));
    await new Promise(setImmediate);
    expect(sink.chunks.length).toBe(1);
    expect(finished).toBe(false);
    sink.release();
    await new Promise(setImmediate);
    expect(sink.chunks.length).toBe(2);
    sink.release();
    await filling;
    expect(sink.chunks.map((chunk) => chunk.length)).toEqual([MB, MB, MB]);
  });

  test('appending too much at once is refused rather than cut off', async () => {
    const writer = new ByteWriter(new TestSink());
    for (let i = 0; i < 2 * MB; i++) writer.byte(120);
    await expect(writer.finish()).rejects.toThrow('SLACK');
  });

  test('a failing sink fails the writer with its own error', async () => {
    const sink = new TestSink();
    sink.write = () => Promise.reject(new Error('disk full'));
    const writer = new ByteWriter(sink);
    await expect(fill(writer, 3 * MB)).rejects.toThrow('disk full');
  });
});

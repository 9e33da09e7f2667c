import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Field, FieldKind } from '../../src/reading/field.js';
import type { FileReading } from '../../src/reading/reading.js';
import { BACKSLASH, LF, MAX_RECORD_BYTES, QUOTE } from '../../src/scan/bytes.js';
import { FastLane } from '../../src/scan/fast-lane.js';
import { judge } from '../../src/scan/judge.js';
import { parseRecord, resolvedValue } from '../../src/scan/record.js';
import { Scanner } from '../../src/scan/scanner.js';
import type { RecordSink } from '../../src/scan/sink.js';

const RUNS = Number(process.env.MATINEE_PROPERTY_RUNS ?? 200);
const timeout = 60_000 + RUNS * 100;
const digits = (most: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${most}}$`));
const sign = fc.constantFrom('', '', '', '-');

/** Values that the lane has to take: those that leave no doubt. */
const ORDINARY: Readonly<Record<FieldKind, fc.Arbitrary<string>>> = {
  int: fc.tuple(sign, fc.oneof(digits(9), digits(18))).map((parts) => parts.join('')),
  epochSeconds: fc.oneof(
    digits(11),
    digits(10).map((text) => `-${text}`),
  ),
  double: fc
    .tuple(
      sign,
      fc.oneof(digits(3), digits(100)),
      fc.oneof(
        fc.constantFrom('', '.'),
        fc.oneof(digits(20), digits(100)).map((text) => `.${text}`),
      ),
      fc.constantFrom('', '', '', 'e5', 'E-12', 'e+9'),
    )
    .map((parts) => parts.join('')),
  text: fc.oneof(
    fc.stringMatching(/^[ -!#-+\--~é]{0,60}$/),
    fc.stringMatching(/^[ !#-[\]-~,\r\n€]{0,60}$/).map((text) => `"${text}"`),
  ),
  dateTime: fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 19).replace('T', ' ')),
  date: fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  boolean: fc.constantFrom('true', 'FALSE', 'True', 'false'),
  uuid: fc.uuid().chain((uuid) => fc.constantFrom(uuid, uuid.toUpperCase())),
};
const KINDS = Object.keys(ORDINARY) as FieldKind[];

const field: fc.Arbitrary<Field> = fc
  .record({ kind: fc.constantFrom(...KINDS, 'int' as const, 'double' as const), mayBeEmpty: fc.boolean() })
  .map(({ kind, mayBeEmpty }) => ({
    kind,
    mayBeEmpty: mayBeEmpty || kind === 'text',
    name: 'x',
    readAs: '',
    value: '',
    format: undefined,
  }));

const reading: fc.Arbitrary<FileReading> = fc
  .record({
    fields: fc.array(field, { minLength: 1, maxLength: 6 }),
    escape: fc.constantFrom('"' as const, '\\' as const),
    key: fc.subarray([0, 1, 2], { maxLength: 2 }),
  })
  .map((each) => ({ ...each, key: each.key.filter((column) => column < each.fields.length) }));

const valueIn = ({ kind, mayBeEmpty }: Field): fc.Arbitrary<string> => {
  if (kind === 'text') return ORDINARY.text;
  const plain = fc
    .tuple(ORDINARY[kind], fc.boolean())
    .map(([value, quoted]) => (quoted ? `"${value}"` : value));
  return mayBeEmpty ? fc.oneof({ weight: 4, arbitrary: plain }, fc.constantFrom('', '""')) : plain;
};

const recordOf = ({ fields }: FileReading): fc.Arbitrary<string> =>
  fc
    .tuple(fc.tuple(...fields.map(valueIn)), fc.constantFrom('\n', '\r\n'))
    .map(([values, lineEnd]) => values.join() + lineEnd);

/** Small keys that rise, for the most part. */
const risingRecords = ({ fields, key }: FileReading): fc.Arbitrary<string[]> =>
  fc
    .array(
      fc.tuple(
        fc.nat(3),
        ...fields.map((each, column) => (key.includes(column) ? fc.nat(3).map(String) : valueIn(each))),
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map((rows) => {
      let first = 0;
      return rows.map(([step, ...values]) => {
        first += step;
        if (key.length > 0) values[Math.min(...key)] = String(first);
        return `${values.join()}\n`;
      });
    });

const damage = fc.array(
  fc.record({
    at: fc.nat(9_999),
    taken: fc.nat(3),
    put: fc
      .array(fc.constantFrom(...'"",,\n\r\\ 0159-+.eEx\0é:T'), { maxLength: 4 })
      .map((parts) => parts.join('')),
  }),
  { maxLength: 6 },
);

const damaged = (content: string, blows: readonly { at: number; taken: number; put: string }[]) =>
  blows.reduce((text, { at, taken, put }) => {
    const place = Math.floor((at / 10_000) * text.length);
    return text.slice(0, place) + put + text.slice(place + taken);
  }, content);

interface Passed {
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

/** Runs the lane over bytes; behind what it stops at it begins anew with the next line. */
function runOver(how: FileReading, content: Buffer, reports = true) {
  const passed: Passed[] = [];
  const sink: RecordSink = {
    block: () => undefined,
    accept: (_, from, to, line) => passed.push({ from, to, line }),
    rewrite: () => undefined,
    reject: () => undefined,
  };
  const lane = new FastLane(how, reports ? sink : undefined);
  content.copy(lane.bytes);
  lane.look(0, content.length);
  const stops: number[] = [];
  for (let at = 0; at < content.length; ) {
    at = lane.run(at, content.length);
    if (at >= content.length) break;
    stops.push(at);
    at = content.indexOf(LF, at) + 1;
    lane.line++;
  }
  return { lane, passed, stops };
}

/** Why the slow lane would not take a record as it stands, or undefined. */
function objection(how: FileReading, content: Buffer, { from, to }: Passed): string | undefined {
  const quoteEscape = how.escape === '"' ? QUOTE : BACKSLASH;
  const parsed = parseRecord(content, from, content.length, quoteEscape);
  if (parsed.outcome !== 'record') return parsed.outcome;
  if (parsed.next !== to) return `it ends at ${parsed.next}, not at ${to}`;
  if (parsed.to === from || to - from > MAX_RECORD_BYTES) return 'its length';
  if (parsed.fields.length !== how.fields.length) return 'its number of fields';
  for (const [index, each] of parsed.fields.entries()) {
    if (each.loose) return 'a loose escape';
    if (each.newlines > 0 && how.fields[index]!.kind !== 'text') return 'a line break outside text';
    const reason = judge(how.fields[index]!, resolvedValue(content, each, quoteEscape));
    if (reason) return reason;
  }
  return undefined;
}

function keysRise(how: FileReading, content: Buffer, passed: readonly Passed[]): boolean {
  if (how.key.length === 0 || how.key.some((column) => how.fields[column]!.kind !== 'int')) return false;
  const quoteEscape = how.escape === '"' ? QUOTE : BACKSLASH;
  let before = how.key.map(() => -1n);
  for (const { from } of passed) {
    const parsed = parseRecord(content, from, content.length, quoteEscape);
    if (parsed.outcome !== 'record') throw new Error(parsed.outcome);
    const now = [...how.key]
      .sort((one, other) => one - other)
      .map((column) =>
        BigInt(content.toString('latin1', parsed.fields[column]!.from, parsed.fields[column]!.to) || -1),
      );
    const differs = now.findIndex((value, index) => value !== before[index]);
    if (differs < 0 || now[differs]! < before[differs]!) return false;
    before = now;
  }
  return true;
}

const example = fc.tuple(reading, damage).chain(([how, blows]) =>
  fc.oneof(fc.array(recordOf(how), { maxLength: 8 }), risingRecords(how)).map((records) => ({
    how,
    content: Buffer.from(`${damaged(records.join(''), blows)}\n`),
  })),
);

describe('the fast lane', () => {
  it('passes over nothing that the slow lane would not take, and knows lines and keys', { timeout }, () => {
    fc.assert(
      fc.property(example, ({ how, content }) => {
        const { lane, passed, stops } = runOver(how, content);
        for (const record of passed) expect(objection(how, content, record)).toBeUndefined();
        const lineAt = (at: number) => content.subarray(0, at).filter((byte) => byte === LF).length + 1;
        expect(passed.map(({ line }) => line)).toEqual(passed.map(({ from }) => lineAt(from)));
        expect(lane.records).toBe(passed.length);
        expect(lane.order.ascending).toBe(keysRise(how, content, passed));
        const silent = runOver(how, content, false);
        expect([
          silent.stops,
          silent.lane.records,
          silent.lane.lineBreaks,
          silent.lane.order.ascending,
        ]).toEqual([stops, lane.records, lane.lineBreaks, lane.order.ascending]);
      }),
      { numRuns: RUNS * 2 },
    );
  });

  it('passes over every record that leaves no doubt', { timeout }, () => {
    fc.assert(
      fc.property(
        reading.chain((how) => {
          // A key that is no plain number is for the slow lane.
          const keyless = { ...how, key: [] };
          return fc.tuple(fc.constant(keyless), fc.array(recordOf(keyless), { minLength: 1, maxLength: 8 }));
        }),
        ([how, records]) => {
          const ordinary = records.filter((record) => !/^\r?\n/.test(record));
          const { lane } = runOver(how, Buffer.from(ordinary.join('')), false);
          expect(lane.records).toBe(ordinary.length);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('reads numbers longer than its window to their end', () => {
    const double: Field = {
      kind: 'double',
      mayBeEmpty: false,
      name: 'x',
      readAs: '',
      value: '',
      format: undefined,
    };
    const how: FileReading = { fields: [double, double], escape: '"', key: [] };
    for (let length = 50; length <= 100; length++) {
      for (const end of ['', 'x']) {
        const value = `0.${'5'.repeat(length)}${end}`;
        const { passed, lane } = runOver(how, Buffer.from(`1,2\n${value},2\n3,${value}\n4,5,6\n`));
        expect([length, end, lane.records, passed.length]).toEqual([length, end, ...(end ? [1, 1] : [3, 3])]);
      }
    }
  });
});

/** What a scanner hands over when the file comes in pieces that end at these bytes. */
function scanInPieces(how: FileReading, content: Buffer, ends: readonly number[]) {
  const found: unknown[] = [];
  const sink: RecordSink = {
    block: () => undefined,
    accept: (bytes, from, to, line) =>
      found.push([line, Buffer.from(bytes.subarray(from, to)).toString('latin1')]),
    rewrite: (values, _from, _to, line) =>
      found.push([line, values.map((value) => Buffer.from(value).toString('latin1'))]),
    reject: ({ line, column, reason, raw }) => found.push([line, column, reason, raw]),
  };
  const scanner = new Scanner(how, sink);
  let filled = 0;
  let offset = 0;
  for (const [index, end] of ends.entries()) {
    filled += content.copy(scanner.bytes, filled, offset + filled, end);
    const done = scanner.consume(0, filled, offset, index === ends.length - 1);
    scanner.bytes.copyWithin(0, done, filled);
    filled -= done;
    offset += done;
  }
  return { found, keysAscend: scanner.keysAscend, rejected: scanner.rejected };
}

it('a scan finds the same wherever its blocks end', { timeout }, () => {
  fc.assert(
    fc.property(example, fc.array(fc.nat(9_999), { maxLength: 5 }), ({ how, content }, cuts) => {
      const ends = [...cuts.map((cut) => Math.floor((cut / 10_000) * content.length)), content.length];
      const pieces = scanInPieces(
        how,
        content,
        ends.sort((one, other) => one - other),
      );
      expect(pieces).toEqual(scanInPieces(how, content, [content.length]));
    }),
    { numRuns: RUNS },
  );
});

it('a process without address space for it is told so', () => {
  const memory = vi.spyOn(Reflect.get(globalThis, 'WebAssembly'), 'Memory').mockImplementation(() => {
    throw new RangeError('could not allocate memory');
  });
  onTestFinished(() => memory.mockRestore());
  const how: FileReading = { fields: [], escape: '"', key: [] };
  expect(() => new FastLane(how, undefined)).toThrowError(expect.objectContaining({ code: 'LOAD_MEMORY' }));
});

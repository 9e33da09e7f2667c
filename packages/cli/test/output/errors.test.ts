import { ErrorList, NodeError, UsageError } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { reportError } from '../../src/output/errors.js';
import { toJson } from '../../src/output/to-json.js';
import { recorder } from '../support/recorder.js';

const located = new NodeError('CONTRACT', 'x: breaks its contract:\na is missing.', {
  location: { file: '/shop/packages/a/src/x.ts', line: 7, column: 3 },
  hint: 'Change one of the two.',
});

describe('errors', () => {
  it('are told on stderr with code, message, place relative to the root and what to do', () => {
    const terminal = recorder();
    reportError(located, terminal, '/shop');
    expect(terminal.outs).toEqual([]);
    expect(terminal.errs).toEqual([
      'error CONTRACT  x: breaks its contract:',
      '  a is missing.',
      '  packages/a/src/x.ts:7',
      '  → Change one of the two.',
    ]);
  });

  it('are one JSON line each for programs', () => {
    const terminal = recorder({ json: true });
    reportError(new ErrorList([located, new UsageError('USAGE', 'No.')]), terminal, '/shop');
    expect(terminal.errs).toEqual([]);
    expect(terminal.outs.map((line) => JSON.parse(line))).toEqual([
      {
        type: 'error',
        code: 'CONTRACT',
        message: 'x: breaks its contract:\na is missing.',
        location: { file: 'packages/a/src/x.ts', line: 7, column: 3 },
        hint: 'Change one of the two.',
      },
      { type: 'error', code: 'USAGE', message: 'No.' },
    ]);
  });

  it('that nobody raised on purpose are bugs, with their stack', () => {
    const terminal = recorder();
    reportError(new TypeError('x is undefined'), terminal, undefined);
    expect(terminal.errs[0]).toMatch(/^This is a bug in Matinee/);
    expect(terminal.errs[1]).toMatch(/TypeError: x is undefined\n\s+at .*errors\.test\.ts/);
  });
});

describe('JSON', () => {
  it('holds errors with their message, and ints of any size', () => {
    expect(toJson({ error: new UsageError('U', 'No.'), small: 5n, large: 2n ** 60n })).toBe(
      '{"error":{"code":"U","message":"No."},"small":5,"large":"1152921504606846976"}',
    );
  });
});

import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { openTerminal } from '../../src/output/terminal.js';

/** A stream that keeps what is written to it. */
class Kept extends EventEmitter {
  readonly written: string[] = [];

  write(text: string): void {
    this.written.push(text);
  }

  fail(code: string): void {
    this.emit('error', Object.assign(new Error(`write ${code}`), { code }));
  }
}

function open() {
  const [stdout, stderr] = [new Kept(), new Kept()];
  return {
    stdout,
    stderr,
    terminal: openTerminal({ stdout, stderr, env: {}, json: false, noColor: true }),
  };
}

describe('a stream that nobody reads any more', () => {
  it.each([
    ['a pipe', 'EPIPE'],
    ['a terminal that was closed', 'EIO'],
  ])('%s is written to no more, and the other one still is', (_, code) => {
    const { stdout, stderr, terminal } = open();
    terminal.out('one');
    stdout.fail(code);
    terminal.out('two');
    terminal.err('three');
    expect([stdout.written, stderr.written]).toEqual([['one\n'], ['three\n']]);
  });

  it('a disk for the log that is full is an error', () => {
    const { stdout } = open();
    expect(() => stdout.fail('ENOSPC')).toThrow('write ENOSPC');
  });
});

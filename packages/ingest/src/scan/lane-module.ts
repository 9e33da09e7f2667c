import { readFileSync } from 'node:fs';
import { LoadError } from '@matinee/core';

/** What assembly/fast-lane.ts exports. Addresses are those of its memory. */
export interface LaneModule {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Says where the room for the bytes is, and where that for the map of their digits. */
  mapRoom(room: number, mapAt: number): void;
  open(columns: number, keysAt: number, quoteEscape: number, maxRecordBytes: number, reports: number): void;
  /** Has to be called for bytes before a run over them. */
  mapDigits(start: number, end: number): void;
  run(start: number, end: number): number;
  readonly records: { readonly value: number };
  readonly lineBreaks: { readonly value: number };
  readonly ascending: { value: number };
}

/** Takes a record from the module. `line` counts from the beginning of the run, from 0. */
export type Accept = (from: number, to: number, line: number) => void;

const PAGE_BYTES = 65_536;

/** What is used of it; the library of types has it for browsers only. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number }) => LaneModule['memory'];
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (code: object, imports: object) => { readonly exports: unknown };
};

let compiled: object | undefined;

/**
 * The fast lane with a memory of its own, of at least so many bytes.
 *
 * @throws LoadError LOAD_MEMORY if the process may not have as much address space as Node reserves for it.
 */
export function instantiateLane(bytes: number, accept: Accept): LaneModule {
  // Compiled when it is first needed, for most commands load nothing.
  compiled ??= new WebAssembly.Module(readFileSync(new URL('./fast-lane.wasm', import.meta.url)));
  const memory = memoryOf(bytes);
  const imports = { env: { memory }, 'fast-lane': { accept } };
  return new WebAssembly.Instance(compiled, imports).exports as LaneModule;
}

function memoryOf(bytes: number): LaneModule['memory'] {
  try {
    return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
  } catch (cause) {
    throw new LoadError('LOAD_MEMORY', 'There is no address space left for the scan of a file.', {
      hint: 'Raise the limit that `ulimit -v` shows, or set NODE_OPTIONS=--disable-wasm-trap-handler.',
      cause,
    });
  }
}

import type { ResultColumn } from '../engine.js';
import { DEFAULT_TIME_SCALE } from './values.js';

const TEXT_LENGTH = 16_777_216;
const BINARY_LENGTH = 8_388_608;
const BYTES_PER_CHARACTER = 4;

/** A column as a response describes it. */
export interface RowType {
  readonly name: string;
  readonly database: string;
  readonly schema: string;
  readonly table: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly length: number | null;
  readonly byteLength: number | null;
  readonly collation: null;
}

export function rowType(column: ResultColumn): RowType {
  return {
    name: column.name,
    database: '',
    schema: '',
    table: '',
    type: column.type,
    nullable: column.nullable,
    ...sizes(column),
    collation: null,
  };
}

type Sizes = Pick<RowType, 'precision' | 'scale' | 'length' | 'byteLength'>;

function sizes(column: ResultColumn): Sizes {
  const none: Sizes = { precision: null, scale: null, length: null, byteLength: null };
  switch (column.type) {
    case 'fixed':
      return { ...none, precision: column.precision ?? 38, scale: column.scale ?? 0 };
    case 'text': {
      const length = column.length ?? TEXT_LENGTH;
      return { ...none, length, byteLength: Math.min(length * BYTES_PER_CHARACTER, TEXT_LENGTH) };
    }
    case 'binary': {
      const length = column.length ?? BINARY_LENGTH;
      return { ...none, length, byteLength: length };
    }
    case 'time':
    case 'timestamp_ntz':
    case 'timestamp_ltz':
    case 'timestamp_tz':
      return { ...none, precision: 0, scale: column.scale ?? DEFAULT_TIME_SCALE };
    default:
      return none;
  }
}

/** The column types of a contract, the same on both engines: 64-bit int, double, text, uuid, date, UTC timestamp without zone. */
export type DataType = 'int' | 'double' | 'text' | 'uuid' | 'date' | 'timestamp' | 'boolean';

/** The TypeScript type of a value in given and expected rows. Timestamps are written `YYYY-MM-DD HH:MM:SS`. */
export interface DataTypeValues {
  int: number | bigint;
  double: number;
  text: string;
  uuid: string;
  date: string;
  timestamp: string;
  boolean: boolean;
}

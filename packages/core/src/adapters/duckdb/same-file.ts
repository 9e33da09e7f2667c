import { statSync } from 'node:fs';

/** Whether two paths lead to one file, links included. It looks without opening: closing would drop DuckDB's lock. */
export function sameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false, bigint: true }));
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

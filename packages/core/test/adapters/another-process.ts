import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('./query-file.mjs', import.meta.url));

/** What another process gets when it queries a DuckDB file: its rows as JSON with texts as values, or DuckDB's message. */
export async function anotherProcess(
  mode: 'READ_ONLY' | 'READ_WRITE',
  path: string,
  sql: string,
): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, path, mode, sql]);
  return stdout;
}

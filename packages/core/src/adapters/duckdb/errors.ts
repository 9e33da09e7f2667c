import { MatineeError, messageOf, StatementError } from '../../errors.js';

/** What DuckDB says about a statement, with a code of ours and without its JSON wrapping. */
export function toWarehouseError(error: unknown, sql = ''): MatineeError {
  if (error instanceof MatineeError) return error;
  const { message, type, byte } = unwrap(messageOf(error));
  const position = byte === undefined ? undefined : Buffer.from(sql).subarray(0, byte).toString().length;
  if (/max_temp_directory_size/i.test(message)) {
    return new StatementError(
      'WAREHOUSE_DISK_FULL',
      firstLine(message),
      position,
      "Free disk space, or raise the target's maxSpill or memoryLimit, then build again.",
    );
  }
  if (/no space left on device|could not write|disk quota|file too large|out of disk/i.test(message)) {
    return new StatementError(
      'WAREHOUSE_DISK_FULL',
      firstLine(message),
      position,
      'Free disk space, then build again: published tables are as they were.',
    );
  }
  if (/out of memory/i.test(type + message)) {
    return new StatementError(
      'WAREHOUSE_MEMORY',
      firstLine(message),
      position,
      'Raise the memory limit, or lower --threads.',
    );
  }
  if (/ambiguous reference to catalog or schema/i.test(message)) {
    return new StatementError(
      'WAREHOUSE_NAME',
      firstLine(message),
      position,
      'A DuckDB file cannot be named for a schema in it: name the file otherwise.',
    );
  }
  if (type === 'INTERRUPT' || /^interrupted/i.test(message)) {
    return new StatementError('STATEMENT_INTERRUPTED', 'The statement was interrupted.', position);
  }
  return new StatementError('STATEMENT_FAILED', message, position);
}

/** DuckDB gives messages as JSON when asked to, with positions in bytes; some errors come as plain text all the same. */
function unwrap(text: string): { message: string; type: string; byte: number | undefined } {
  const start = text.indexOf('{"exception_');
  if (start >= 0) {
    try {
      const parsed = JSON.parse(text.slice(start)) as Record<string, string>;
      return {
        message: clean(parsed.exception_message ?? text),
        type: (parsed.exception_type ?? '').toUpperCase(),
        byte: parsed.position === undefined ? undefined : Number(parsed.position),
      };
    } catch {
      // Not JSON after all.
    }
  }
  return { message: clean(text), type: '', byte: undefined };
}

/** Without the excerpt of the statement that DuckDB appends; ours points into the model's file. */
function clean(message: string): string {
  return message.replace(/\n\nLINE \d+:[\s\S]*$/, '').trim();
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}

import { MatineeError, messageOf, StatementError } from '../../errors.js';

/** What DuckDB says, with a code of ours and without its JSON wrapping. */
export function toWarehouseError(error: unknown): MatineeError {
  if (error instanceof MatineeError) return error;
  const { message, type, position } = unwrap(messageOf(error));
  if (
    /no space left on device|could not write|disk quota|file too large|out of disk|max_temp_directory_size/i.test(
      message,
    )
  ) {
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
  if (type === 'INTERRUPT' || /^interrupted/i.test(message)) {
    return new StatementError('STATEMENT_INTERRUPTED', 'The statement was interrupted.', position);
  }
  return new StatementError('STATEMENT_FAILED', message, position);
}

/** DuckDB gives messages as JSON when asked to; some errors come as plain text all the same. */
function unwrap(text: string): { message: string; type: string; position: number | undefined } {
  const start = text.indexOf('{"exception_');
  if (start >= 0) {
    try {
      const parsed = JSON.parse(text.slice(start)) as Record<string, string>;
      const position = parsed.position === undefined ? undefined : Number(parsed.position);
      return {
        message: clean(parsed.exception_message ?? text),
        type: (parsed.exception_type ?? '').toUpperCase(),
        position,
      };
    } catch {
      // Not JSON after all.
    }
  }
  return { message: clean(text), type: '', position: undefined };
}

/** Without the excerpt of the statement that DuckDB appends; ours points into the model's file. */
function clean(message: string): string {
  return message.replace(/\n\nLINE \d+:[\s\S]*$/, '').trim();
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}

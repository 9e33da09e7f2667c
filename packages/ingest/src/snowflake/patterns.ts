/** Regular expressions over lines of CSV, as Snowflake reads them: POSIX, so that there are no lookaheads and no lazy stars. */
export interface Patterns {
  /** A value in quotes. */
  readonly quoted: string;
  /** One group: a value, with quotes or without. */
  readonly field: string;
  /** A whole record. */
  readonly record: string;
  /** As many values at the beginning as are sound, each with the comma behind it. */
  readonly soundFields: string;
  /** A line that begins a record and ends inside quotes. */
  readonly opens: string;
  /** What begins with a quote and ends inside it. */
  readonly unclosed: string;
  /** A line that begins inside quotes and ends inside them, the same or others. */
  readonly staysInside: string;
  /** A line that begins inside quotes and ends the record. */
  readonly closes: string;
  /** Two groups to resolve escapes by: an escape character with the one that it escapes. */
  readonly escaped: string;
}

/** A value without quotes holds no quote, comma or carriage return. */
export const BARE = '[^",\r]*';

const PATTERNS: Readonly<Record<'"' | '\\', Patterns>> = {
  '"': patterns('([^"]|"")*', '', '""'),
  // A backslash before a line break stands for itself, like every other that is not before a quote or a backslash.
  '\\': patterns(String.raw`([^"\\]|\\"|\\[^"])*`, String.raw`\\?`, String.raw`\\(["\\])`),
};

/** The patterns of a shape, by the character that escapes a quote in it. */
export function patternsOf(quoteEscape: '"' | '\\'): Patterns {
  return PATTERNS[quoteEscape];
}

/**
 * @param inside what may stand between two quotes
 * @param before what may stand there besides, before a line break
 */
function patterns(inside: string, before: string, escaped: string): Patterns {
  const quoted = `"${inside}"`;
  const field = `(${quoted}|${BARE})`;
  const fields = `(${field},)*`;
  return {
    quoted,
    field,
    record: `${fields}${field}`,
    soundFields: `^${fields}`,
    opens: `${fields}"${inside}${before}`,
    unclosed: `"${inside}${before}`,
    staysInside: `${inside}(${before}|"(,${field})*,"${inside}${before})`,
    closes: `${inside}"(,${field})*`,
    escaped,
  };
}

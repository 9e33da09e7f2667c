import type { Field } from '../reading/field.js';
import { FIRST_SECOND, LAST_SECOND } from '../scan/formats.js';
import { BEYOND, FORM, SHOWN_CHARACTERS } from '../scan/judge.js';
import { literal, REPLACEMENT } from './text.js';

/** What becomes of a delivered text in SQL: by the same rules as in `scan/judge.ts`, which judges bytes. */
export interface FieldSql {
  /** The column's value, if the text fits. */
  readonly value: string;
  /** Whether the text does not fit. */
  readonly isWrong: string;
  /** Why not, as a sentence. */
  readonly reason: string;
}

/** @param text SQL of the delivered text, never null. */
export function fieldSql(field: Field, text: string): FieldSql {
  const { kind, mayBeEmpty } = field;
  if (kind === 'text') {
    const isWrong = `(${hasNul(text)} or ${isGarbled(text)})`;
    return { value: textValue(field, text), isWrong, reason: reasonOf(text, []) };
  }
  const { value, fits, reasons } = FORMS[kind](text);
  const empty = `when ${text} = '' then ${literal('The value is empty, but the column is not nullable.')}`;
  return {
    value,
    isWrong: mayBeEmpty ? `(${text} <> '' and not ${fits})` : `not ${fits}`,
    reason: reasonOf(text, [empty, ...reasons]),
  };
}

interface Form {
  readonly value: string;
  /** Never null. */
  readonly fits: string;
  /** Branches of a case, the last an else. */
  readonly reasons: readonly string[];
}

const FORMS: Readonly<Record<Exclude<Field['kind'], 'text'>, (text: string) => Form>> = {
  int: (text) => whole(text, '-9223372036854775808', '9223372036854775807', BEYOND.int, wholeNumber(text)),
  epochSeconds: (text) =>
    whole(
      text,
      String(FIRST_SECOND),
      String(LAST_SECOND),
      BEYOND.epochSeconds,
      // No engine promises to look at the condition before the value.
      `to_timestamp_ntz(case when ${wholeNumber(text)} between ${FIRST_SECOND} and ${LAST_SECOND} then ${wholeNumber(text)} end)`,
    ),
  double: (text) => {
    const value = `try_to_double(${text})`;
    const isNumber = `regexp_like(${text}, ${literal(DECIMAL)})`;
    return {
      value,
      fits: `(${isNumber} and coalesce(abs(${value}) <= 1.7976931348623157e308, false))`,
      reasons: [
        `when ${isNumber} then ${sentence(text, 'is too large for a double')}`,
        `else ${sentence(text, 'is not a number')}`,
      ],
    };
  },
  dateTime: (text) => {
    const value = `try_to_timestamp_ntz(${text}, 'YYYY-MM-DD HH24:MI:SS')`;
    return formed(
      text,
      value,
      DATE_TIME,
      `left(${text}, 4) <> '0000' and ${value} is not null`,
      FORM.dateTime,
    );
  },
  date: (text) => {
    const value = `try_to_date(${text}, 'YYYY-MM-DD')`;
    return formed(text, value, DATE, `left(${text}, 4) <> '0000' and ${value} is not null`, FORM.date);
  },
  boolean: (text) => formed(text, `nullif(lower(${text}), '') = 'true'`, BOOLEAN, 'true', FORM.boolean),
  uuid: (text) => formed(text, `nullif(lower(${text}), '')`, UUID, 'true', FORM.uuid),
};

const WHOLE = '[-+]?[0-9]+';
const DECIMAL = '[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?';
const DATE = '[0-9]{4}-[0-9]{2}-[0-9]{2}';
const DATE_TIME = `${DATE} ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]`;
const BOOLEAN = '([tT][rR][uU][eE]|[fF][aA][lL][sS][eE])';
const UUID = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

/** A NUMBER has 38 digits; a longer text may be a small number all the same, with many zeros before it. */
function wholeNumber(text: string): string {
  const short = `case when left(${text}, 1) = '-' then '-' else '' end || coalesce(nullif(ltrim(${text}, '-+0'), ''), '0')`;
  return `try_to_number(case when length(${text}) <= 38 then ${text} else ${short} end, 38, 0)`;
}

function whole(text: string, low: string, high: string, beyond: string, value: string): Form {
  const isWhole = `regexp_like(${text}, ${literal(WHOLE)})`;
  return {
    value,
    fits: `(${isWhole} and coalesce(${wholeNumber(text)} between ${low} and ${high}, false))`,
    reasons: [
      `when ${isWhole} then ${sentence(text, beyond)}`,
      `else ${sentence(text, 'is not a whole number')}`,
    ],
  };
}

function formed(text: string, value: string, pattern: string, condition: string, form: string): Form {
  const also = condition === 'true' ? '' : ` and ${condition}`;
  return {
    value,
    fits: `(regexp_like(${text}, ${literal(pattern)})${also})`,
    reasons: [`else ${sentence(text, form)}`],
  };
}

function textValue({ format }: Field, text: string): string {
  if (format?.type === 'zeroPadded') {
    return `case when ${text} = '' or length(${text}) >= ${format.width} then ${text} else lpad(${text}, ${format.width}, '0') end`;
  }
  return format?.type === 'pairedQuotes' ? `replace(${text}, '""', '"')` : text;
}

function reasonOf(text: string, branches: readonly string[]): string {
  const damage = [
    `when ${hasNul(text)} then ${literal('The value holds a NUL character.')}`,
    `when ${isGarbled(text)} then ${literal('The value is not valid UTF-8.')}`,
  ];
  return `case ${[...damage, ...branches].join(' ')} end`;
}

function hasNul(text: string): string {
  return `contains(${text}, chr(0))`;
}

/** A line that was not UTF-8 has had its wrong bytes replaced. */
function isGarbled(text: string): string {
  return `(is_garbled and contains(${text}, ${literal(REPLACEMENT)}))`;
}

function sentence(text: string, what: string): string {
  return `${shown(text)} || ${literal(` ${what}.`)}`;
}

/** The beginning of a value as JSON writes it, but that control characters without a letter of their own are replaced. */
function shown(text: string): string {
  const start = `case when length(${text}) > ${SHOWN_CHARACTERS} then left(${text}, ${SHOWN_CHARACTERS}) || '…' else ${text} end`;
  const escapes: readonly (readonly [string, string])[] = [
    [literal('\\'), literal('\\\\')],
    [`'"'`, literal('\\"')],
    ['chr(10)', literal('\\n')],
    ['chr(13)', literal('\\r')],
    ['chr(9)', literal('\\t')],
  ];
  const escaped = escapes.reduce((sql, [from, to]) => `replace(${sql}, ${from}, ${to})`, start);
  return `'"' || regexp_replace(${escaped}, '[[:cntrl:]]', ${literal(REPLACEMENT)}) || '"'`;
}

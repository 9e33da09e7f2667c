import { ARRAY, BOOLEAN, MAX_TEXT, number, type SqlType, text } from '../types.js';
import { asBigint, asText, asWhole } from './arguments.js';
import { type ScalarFunction, scalar } from './function.js';

/** A function of texts alone, called the same way in DuckDB. */
function ofTexts(duck: string, min: number, max: number, type: SqlType = text()): ScalarFunction {
  return scalar(min, max, (args, place) => ({
    sql: `${duck}(${args.map((arg) => asText(arg, place)).join(', ')})`,
    type,
  }));
}

const length = ofTexts('length', 1, 1, number(18));
const substring = scalar(2, 3, ([value, start, size], place) => ({
  // 0 means the first character, as 1 does
  sql: `substr(${asText(value!, place)}, greatest(${asBigint(start!, place)}, case when ${asBigint(start!, place)} < 0 then ${asBigint(start!, place)} else 1 end)${size ? `, greatest(${asBigint(size, place)}, 0)` : ''})`,
  type: text(),
}));
const padded = (duck: string): ScalarFunction =>
  scalar(2, 3, ([value, size, pad], place) => ({
    sql: `${duck}(${asText(value!, place)}, cast(${asWhole(size!, place)} as integer), ${pad ? asText(pad, place) : `' '`})`,
    type: text(),
  }));
const side = (duck: string): ScalarFunction =>
  scalar(2, 2, ([value, size], place) => ({
    sql: `${duck}(${asText(value!, place)}, greatest(${asBigint(size!, place)}, 0))`,
    type: text(),
  }));
const position = scalar(2, 2, ([part, value], place) => ({
  sql: `strpos(${asText(value!, place)}, ${asText(part!, place)})`,
  type: number(18),
}));

export const TEXT_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  LENGTH: length,
  LEN: length,
  // in bytes of UTF-8
  OCTET_LENGTH: ofTexts('strlen', 1, 1, number(18)),
  LOWER: ofTexts('lower', 1, 1),
  UPPER: ofTexts('upper', 1, 1),
  // DuckDB trims all blanks with one argument, Snowflake the space alone
  TRIM: scalar(1, 2, ([value, chars], place) => ({
    sql: `trim(${asText(value!, place)}, ${chars ? asText(chars, place) : `' '`})`,
    type: text(),
  })),
  LTRIM: scalar(1, 2, ([value, chars], place) => ({
    sql: `ltrim(${asText(value!, place)}, ${chars ? asText(chars, place) : `' '`})`,
    type: text(),
  })),
  RTRIM: scalar(1, 2, ([value, chars], place) => ({
    sql: `rtrim(${asText(value!, place)}, ${chars ? asText(chars, place) : `' '`})`,
    type: text(),
  })),
  REPLACE: scalar(2, 3, ([value, from, to], place) => ({
    sql: `replace(${asText(value!, place)}, ${asText(from!, place)}, ${to ? asText(to, place) : `''`})`,
    type: text(),
  })),
  REVERSE: ofTexts('reverse', 1, 1),
  REPEAT: scalar(2, 2, ([value, times], place) => ({
    sql: `repeat(${asText(value!, place)}, ${asBigint(times!, place)})`,
    type: text(),
  })),
  SUBSTR: substring,
  SUBSTRING: substring,
  LEFT: side('left'),
  RIGHT: side('right'),
  LPAD: padded('lpad'),
  RPAD: padded('rpad'),
  // with a null among them they are null; in DuckDB nulls would be left out
  CONCAT: scalar(1, 255, (args, place) => ({
    sql: `(${args.map((arg) => asText(arg, place)).join(' || ')})`,
    type: text(),
  })),
  CONCAT_WS: scalar(2, 255, ([by, ...args], place) => ({
    sql: `(${args.map((arg) => asText(arg, place)).join(` || ${asText(by!, place)} || `)})`,
    type: text(),
  })),
  CONTAINS: ofTexts('contains', 2, 2, BOOLEAN),
  STARTSWITH: ofTexts('starts_with', 2, 2, BOOLEAN),
  ENDSWITH: ofTexts('ends_with', 2, 2, BOOLEAN),
  POSITION: position,
  CHARINDEX: position,
  SPLIT: scalar(2, 2, ([value, by], place) => ({
    sql: `to_json(string_split(${asText(value!, place)}, ${asText(by!, place)}))`,
    type: ARRAY,
  })),
  SPLIT_PART: scalar(3, 3, ([value, by, part], place) => ({
    sql: `split_part(${asText(value!, place)}, ${asText(by!, place)}, greatest(cast(${asWhole(part!, place)} as integer), case when ${asWhole(part!, place)} < 0 then cast(${asWhole(part!, place)} as integer) else 1 end))`,
    type: text(),
  })),
  ASCII: ofTexts('ascii', 1, 1, number(5)),
  CHR: scalar(1, 1, ([code], place) => ({
    sql: `chr(cast(${asWhole(code!, place)} as integer))`,
    type: text(1),
  })),
  MD5: ofTexts('md5', 1, 1, text(32)),
  MD5_HEX: ofTexts('md5', 1, 1, text(32)),
  MD5_NUMBER_LOWER64: scalar(1, 1, ([value], place) => ({
    sql: `cast(cast('0x' || substr(md5(${asText(value!, place)}), 17) as ubigint) as hugeint)`,
    type: number(),
  })),
  MD5_NUMBER_UPPER64: scalar(1, 1, ([value], place) => ({
    sql: `cast(cast('0x' || substr(md5(${asText(value!, place)}), 1, 16) as ubigint) as hugeint)`,
    type: number(),
  })),
  SHA1: ofTexts('sha1', 1, 1, text(40)),
  UUID_STRING: scalar(0, 0, () => ({ sql: 'cast(uuid() as varchar)', type: text(36) })),
  HASH: scalar(1, 255, (args) => ({
    sql: `sf_signed(hash(${args.map(({ sql }) => sql).join(', ')}))`,
    type: number(19),
  })),
  REGEXP_REPLACE: scalar(2, 3, ([value, pattern, by], place) => ({
    sql: `regexp_replace(${asText(value!, place)}, ${asText(pattern!, place)}, ${by ? asText(by, place) : `''`}, 'g')`,
    type: text(),
  })),
  // the whole text must match
  REGEXP_LIKE: ofTexts('regexp_full_match', 2, 2, BOOLEAN),
  RLIKE: ofTexts('regexp_full_match', 2, 2, BOOLEAN),
  REGEXP_SUBSTR: scalar(2, 2, ([value, pattern], place) => ({
    sql: `nullif(regexp_extract(${asText(value!, place)}, ${asText(pattern!, place)}), '')`,
    type: text(),
  })),
  REGEXP_COUNT: scalar(2, 2, ([value, pattern], place) => ({
    sql: `len(regexp_extract_all(${asText(value!, place)}, ${asText(pattern!, place)}))`,
    type: number(18),
  })),
  TRANSLATE: ofTexts('translate', 3, 3, text(MAX_TEXT)),
};

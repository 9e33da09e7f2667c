/** DuckDB macros that the translation uses: they fail with Snowflake's code, SQL state and sentence. */
export const MACROS: readonly string[] = [
  `create macro sf_fail(code, message) as error('@SF ' || code || ' ' || message)`,
  // what could not be parsed
  `create macro sf_parsed(given, parsed, code, what) as
    case when given is not null and parsed is null then error('@SF ' || code || ' ' || what || ' ''' || given || ''' is not recognized') else parsed end`,
  `create macro sf_in_range(value, bound) as
    case when abs(value) >= bound then error('@SF 100039 22003 Numeric value ''' || value || ''' is out of range') else value end`,
  `create macro sf_fits(value, size) as
    case when length(value) > size then error('@SF 100078 22000 String ''' || value || ''' is too long and would be truncated') else value end`,
  `create macro sf_nonzero(value) as
    case when value = 0 then error('@SF 100051 22012 Division by zero' || substr(cast(value as varchar), 1, 0)) else value end`,
  // whole numbers, rounded half away from zero
  `create macro sf_divide(a, b) as
    case when (a < 0) = (b < 0) then (2 * abs(a) + abs(b)) // (2 * abs(b)) else -((2 * abs(a) + abs(b)) // (2 * abs(b))) end`,
  `create macro sf_float_text(value) as
    case when value = trunc(value) and abs(value) < 1e15 then cast(cast(value as bigint) as varchar) else cast(value as varchar) end`,
  `create macro sf_boolean(value) as
    case when lower(value) in ('true', 't', 'yes', 'y', 'on', '1') then true when lower(value) in ('false', 'f', 'no', 'n', 'off', '0') then false end`,
  `create macro sf_signed(value) as
    case when cast(value as hugeint) >= 9223372036854775808 then cast(value as hugeint) - 18446744073709551616 else cast(value as hugeint) end`,
];

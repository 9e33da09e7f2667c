import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { checksOf } from '../check.js';

export const functions = checksOf('functions', {
  'texts are hashed to the same numbers everywhere': async ({ session }) => {
    const [row] = await session.query(
      "select mod(md5_number_lower64('Drama'), 9223372036854775808) as n, md5('Drama') as h",
    );
    equal(row?.h, '205b8c9a6b18d476abc94908e0280ea5');
    equal(BigInt(String(row?.n)), BigInt(`0x${String(row?.h).slice(16)}`) & 0x7fffffffffffffffn);
  },
  'bits are shifted and combined': async ({ session }) => {
    const [row] = await session.query(
      'select bitshiftright(8589934599, 32) as high, bitand(8589934599, 4294967295) as low, bitxor(6, 3) as x',
    );
    deepEqual({ ...row }, { high: 2, low: 7, x: 5 });
  },
  'a text is split into rows': async ({ session }) => {
    const rows = await session.query(
      "select cast(piece.value as varchar) as genre from (select 'a|b' as g) as film, lateral flatten(input => split(film.g, '|')) as piece order by genre",
    );
    deepEqual(rows, [{ genre: 'a' }, { genre: 'b' }]);
  },
  'texts are joined in order': async ({ session }) => {
    const [row] = await session.query(
      "select listagg(x, ', ') within group (order by x desc) as list from (values ('a'), ('b')) as t(x)",
    );
    equal(row?.list, 'b, a');
  },
  'nulls come last unless told otherwise': async ({ session }) => {
    const rows = await session.query('select n from (values (null), (2), (1)) as t(n) order by n');
    deepEqual(
      rows.map(({ n }) => n),
      [1, 2, null],
    );
    const down = await session.query('select n from (values (null), (2), (1)) as t(n) order by n desc');
    deepEqual(
      down.map(({ n }) => n),
      [null, 2, 1],
    );
  },
  'rows of a window are chosen by qualify': async ({ session }) => {
    const rows = await session.query(
      'select n from (values (1), (2)) as t(n) qualify row_number() over (order by n desc) = 1',
    );
    deepEqual(rows, [{ n: 2 }]);
  },
  'times are written with six digits of the second': async ({ session }) => {
    const [row] = await session.query(
      "select to_char(timestamp '2020-01-02 03:04:05.678', 'YYYY-MM-DD HH24:MI:SS.FF6') as t, mod(dayofweekiso(date '2020-01-05'), 7) + 1 as day",
    );
    deepEqual({ ...row }, { t: '2020-01-02 03:04:05.678000', day: 1 });
  },
  'sets of rows that differ alike in every row have another HASH_AGG': async ({ session }) => {
    const [row] = await session.query(
      'select (select hash_agg(n, m) from (values (1, null), (2, null)) as t(n, m)) as before, (select hash_agg(n, m) from (values (1, 7), (2, 7)) as t(n, m)) as after',
    );
    notEqual(row?.before, row?.after);
  },
});

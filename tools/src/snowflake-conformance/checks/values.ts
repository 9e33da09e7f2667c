import { deepEqual, equal } from 'node:assert/strict';
import { checksOf } from '../check.js';

export const values = checksOf('values', {
  'integers keep their 38 digits': async ({ session }) => {
    const [row] = await session.query(
      'select cast(99999999999999999999999999999999999999 as number(38, 0)) as n',
    );
    equal(row?.n, 99999999999999999999999999999999999999n);
  },
  'doubles come back as they were stored': async ({ session, name }) => {
    await session.execute(`create table ${name('doubles')} (x double)`);
    const doubles = [0.1 + 0.2, 1 / 3, -1e300, 5e-324];
    await session.execute(
      `insert into ${name('doubles')} values ${doubles.map((x) => `(${x.toExponential()})`).join(', ')}`,
    );
    const rows = await session.query(
      `select to_varchar(x, 'TME') as text from ${name('doubles')} order by x`,
    );
    deepEqual(
      rows.map(({ text }) => Number(text)),
      [...doubles].sort((a, b) => a - b),
    );
  },
  'texts keep quotes, backslashes, line breaks and signs of all scripts': async ({ session }) => {
    const [row] = await session.query(`select 'it''s a \\\\ "б"\\n🎬' as text`);
    equal(row?.text, 'it\'s a \\ "б"\n🎬');
  },
  'dates, timestamps and booleans come as the contract says': async ({ session }) => {
    const [row] = await session.query(
      "select date '1969-12-31' as d, timestamp '1969-12-31 23:59:59.999999' as t, true as b, cast(null as boolean) as n",
    );
    deepEqual({ ...row }, { d: '1969-12-31', t: '1969-12-31 23:59:59.999999', b: true, n: null });
  },
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestWorkspace } from '../support/workspace.js';

const HEAD = 'order_id,country_code,amount\n';

const shop = new TestWorkspace();
let firstLoad = '';
beforeAll(async () => {
  shop.write('data/orders.csv', `${HEAD}1,de,10\n2,fr,much\n3\n`);
  const { code, stdout } = await shop.run(['build', '--max-rejects', '2']);
  expect(code).toBe(0);
  expect(stdout).toContain('\n2 rows rejected  npx matinee rejects raw_orders\n');
  const [run] = await shop.events(['history']);
  firstLoad = run?.runId;
});
afterAll(() => shop.remove());

const untimed = (text: string) =>
  text
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'TIME')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
    .split('\n');

describe('matinee rejects', () => {
  it('shows what was rejected of what stands: by file and reason, then row by row', async () => {
    const { code, stdout, stderr } = await shop.run(['rejects']);
    expect([code, stderr]).toEqual([0, '']);
    expect(untimed(stdout)).toEqual([
      'raw_orders  2 rows rejected by the load of TIME UTC, which stands in the raw table',
      '  load ID',
      '  orders.csv  amount  … is not a number.                      1 row',
      '  orders.csv          The row has 1 value, the header has 3.  1 row',
      expect.stringMatching(/^┌/),
      expect.stringMatching(/^│ file +│ line │ column │ reason +│ raw +│$/),
      expect.stringMatching(/^├/),
      expect.stringMatching(/^│ orders\.csv │ +3 │ amount │ "much" is not a number\. +│ 2,fr,much │$/),
      expect.stringMatching(/^│ orders\.csv │ +4 │ null +│ The row has 1 value, the header has 3\. │ 3 +│$/),
      expect.stringMatching(/^└/),
      '',
    ]);
    expect((await shop.run(['rejects', '--limit', '1'])).stdout).toContain(
      '\nthe first 1 of them (--limit N)\n',
    );
  });

  it('prints one object a row for programs', async () => {
    expect(await shop.events(['rejects'])).toEqual([
      {
        type: 'reject',
        source: 'raw_orders',
        loadId: firstLoad,
        startedAt: expect.any(String),
        state: 'current',
        file: 'orders.csv',
        line: 3,
        column: 'amount',
        reason: '"much" is not a number.',
        raw: '2,fr,much',
      },
      expect.objectContaining({ line: 4, column: null, raw: '3' }),
    ]);
    expect(await shop.events(['rejects', '--limit', '1'])).toHaveLength(1);
  });

  it('takes names of sources and selectors', async () => {
    for (const args of [['raw_orders'], ['--select', '+fct_countries'], ['--exclude', 'countries']])
      expect(await shop.events(['rejects', ...args])).toHaveLength(2);
    const { code, stderr } = await shop.run(['rejects', 'countries']);
    expect([code, stderr]).toEqual([
      2,
      "error SELECTOR  There is no source among what is selected: countries.\n  → Select sources, or what they feed with a plus before it: '+countries'.\n",
    ]);
    expect((await shop.run(['rejects', 'raw_ordrs'])).stderr).toContain("Did you mean 'raw_orders'?");
  });

  describe('after a load that failed', () => {
    beforeAll(async () => {
      shop.write('data/orders.csv', `${HEAD}1,de,10\n\u001b[31mred\u009b31m,d\u0007e,1\n`);
      const { code, stdout } = await shop.run(['build']);
      expect(code).toBe(1);
      expect(stdout).toContain('All of them: matinee rejects raw_orders.');
      expect(stdout).toMatch(/"\\u001b\[31mred\\u009b31m" is not a whole number\./);
    });

    it('shows what that has rejected, too', async () => {
      const { stdout } = await shop.run(['rejects']);
      expect(untimed(stdout)).toEqual(
        expect.arrayContaining([
          'raw_orders  1 row rejected by the load of TIME UTC, which was not published',
          'raw_orders  2 rows rejected by the load of TIME UTC, which stands in the raw table',
        ]),
      );
      expect((await shop.events(['rejects'])).map(({ state, line }) => [state, line])).toEqual([
        ['failed', 3],
        ['current', 3],
        ['current', 4],
      ]);
    });

    it('lets no control character reach the terminal', async () => {
      for (const args of [['rejects'], ['rejects', '--json'], ['build']]) {
        const { stdout, stderr } = await shop.run(args);
        expect(stdout).toContain('red');
        expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      }
      expect((await shop.run(['rejects'])).stdout).toContain('␛[31mred\ufffd31m,d␇e,1');
      expect(await shop.events(['rejects', '--limit', '1'])).toMatchObject([
        { raw: '\u001b[31mred\u009b31m,d\u0007e,1' },
        {},
      ]);
    });
  });

  it('of a load that was replaced shows nothing unless it is named', async () => {
    shop.write('data/orders.csv', `${HEAD}1,de,10\n`);
    expect((await shop.run(['build'])).code).toBe(0);
    expect((await shop.run(['rejects'])).stdout).toBe(
      'No row was rejected: of what stands in the raw tables, and by the last loads, every row did fit.\n',
    );
    expect(await shop.events(['rejects'])).toEqual([]);
    expect(await shop.events(['rejects', '--load', firstLoad])).toMatchObject([
      { state: 'replaced', line: 3 },
      { state: 'replaced', line: 4 },
    ]);
    const [run] = await shop.events(['history']);
    expect((await shop.run(['rejects', '--load', run?.runId])).stdout).toBe('That load rejected no row.\n');
  });

  it('says so if nothing is on record', async () => {
    const unknown = await shop.run(['rejects', '--load', 'x']);
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      "error LOAD_UNKNOWN  No load with the id 'x' is on record.\n  → matinee history --json lists the runs with their ids.\n",
    ]);
    expect((await shop.run(['rejects', '--target', 'prod'])).stderr).toContain('WAREHOUSE_MISSING');
  });
});

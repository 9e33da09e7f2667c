import { describe, expect, it } from 'vitest';
import { openDepot } from './support/depot.js';

const told = (rows: string, limit: string) =>
  `ratings: ${rows} in files loaded before were rejected, ${limit} allowed now; those files have not changed and are not loaded again. See: matinee rejects ratings.`;

describe('rows that were rejected of files that stand', () => {
  it('are told by a load that would put up with fewer, of one file', async () => {
    const depot = await openDepot();
    depot.write('ratings.csv', ['1,1,3,5', 'x,1,3,5', '1,2,3,5', 'y,1,3,5']);
    await depot.load({ maxRejects: { rows: 2 } });
    expect(depot.warnings).toEqual([]);
    const strict = await depot.load({ maxRejects: { rows: 0 } });
    expect([strict.status, strict.nodes[0]?.status]).toEqual(['ok', 'reused']);
    expect(depot.warnings).toEqual([told('2 of 4 rows', '0')]);
    await depot.load({ maxRejects: { share: 0.25 } });
    expect(depot.warnings).toEqual([told('2 of 4 rows', '25 %')]);
    await depot.load({ maxRejects: { share: 0.5 } });
    expect(depot.warnings).toEqual([]);
  });

  it('are told beside a part that is loaded, without the rows of that part; no more once they are mended', async () => {
    const depot = await openDepot();
    depot.write('ratings/a.csv', ['1,1,3,5', '1,2,3,5', '1,3,3,5', 'x,1,3,5']);
    depot.write('ratings/b.csv', ['2,1,3,5', '2,2,3,5']);
    await depot.load({ maxRejects: { rows: 1 } });
    depot.write('ratings/c.csv', ['3,1,3,5']);
    const { nodes } = await depot.load({ maxRejects: { rows: 0 } });
    expect([nodes[0]?.status, depot.warnings]).toEqual(['ok', [told('1 of 6 rows', '0')]]);
    depot.write('ratings/a.csv', ['1,1,3,5', '1,2,3,5', '1,3,3,5', '9,1,3,5']);
    await depot.load({ maxRejects: { rows: 0 } });
    expect(depot.warnings).toEqual([]);
  });
});

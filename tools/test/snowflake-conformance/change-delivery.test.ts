import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../packages/core/test/support/files.js';
import { changeDelivery } from '../../src/snowflake-conformance/project/change-delivery.js';

function changed(ratings: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'ratings.csv'), ratings);
  changeDelivery(folder);
  return readFileSync(join(folder, 'ratings.csv'), 'utf8');
}

it("takes back, corrects and adds one rating of the first user's, and leaves all others", () => {
  const header = 'userId,movieId,rating,timestamp\r\n';
  expect(changed(`${header}1,10,3.0,5\r\n1,11,5.0,6\r\n1,12,2.0,7\r\n2,10,4.0,8\r\n2,13,1.0,9\r\n`)).toBe(
    `${header}1,11,0.5,6\r\n1,12,2.0,7\r\n2,10,4.0,8\r\n2,13,1.0,9\r\n1,13,4.5,1000000000\r\n`,
  );
});

it('refuses a delivery in which there is nothing to change', () => {
  expect(() => changed('userId,movieId,rating,timestamp\n1,10,3.0,5\n')).toThrow('too little');
});

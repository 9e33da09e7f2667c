import { describe, expect, it } from 'vitest';
import { parseS3Url } from '../../src/places/s3/address.js';
import { PATIENCE, waitAfter } from '../../src/places/s3/patience.js';

describe('an s3:// URL', () => {
  it.each([
    ['s3://bucket', 'bucket', ''],
    ['s3://bucket/', 'bucket', ''],
    ['S3://bucket/a/b.zip', 'bucket', 'a/b.zip'],
    ['s3://my.bucket-1/ü %20?x=1#y', 'my.bucket-1', 'ü %20?x=1#y'],
    ['s3://bucket//a/', 'bucket', '/a/'],
    ['s3://Old_Bucket/a', 'Old_Bucket', 'a'],
  ])('%s is taken as it stands', (url, bucket, key) => {
    expect(parseS3Url(url)).toEqual({ bucket, key });
  });
});

describe('the wait before another attempt', () => {
  it('is any time up to a limit that doubles, and does not grow for ever', () => {
    const longest = [1, 2, 3, 20].map((failures) => waitAfter(failures, { ...PATIENCE, random: () => 1 }));
    expect(longest).toEqual([250, 500, 1000, 20_000]);
    expect(waitAfter(3, { ...PATIENCE, random: () => 0 })).toBe(0);
  });
});

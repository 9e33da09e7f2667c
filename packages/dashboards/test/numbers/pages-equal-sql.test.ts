import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reading } from '../../../../tools/test/warehouse/compare.js';
import { CubeReader } from '../../../../tools/test/warehouse/cubes/cube-reader.js';
import { audience, recommendations, tagInsights } from '../../src/index.js';
import { type BuiltSites, buildSites } from '../support/built-sites.js';
import { type Cubes, readSite } from '../support/read-site.js';
import { compareAudience } from './compare-audience.js';
import { compareGenre } from './compare-genre.js';
import { compareRecommendations } from './compare-recommendations.js';
import { compareTags } from './compare-tags.js';

describe('numbers of pages, computed from what the site carries, are those of SQL over the marts', () => {
  let sites: BuiltSites;
  beforeAll(async () => {
    sites = await buildSites();
  }, 300_000);
  afterAll(() => sites?.remove());

  const pages: Readonly<Record<string, (cubes: Cubes, reader: CubeReader) => Promise<string[]>>> = {
    audience: compareAudience,
    genre: compareGenre,
    tags: compareTags,
    recommendations: compareRecommendations,
  };

  it('are compared on tables that are not empty', async () => {
    const cubes = await readSite(sites.full.folder);
    const shown = [audience, tagInsights, recommendations].flatMap(({ reads }) => reads);
    expect(shown.map(({ name }) => name).filter((name) => cubes(name).rows === 0)).toEqual([]);
  });

  describe.each(['thin', 'full'] as const)('in a %s warehouse', (name) => {
    it.each(Object.keys(pages))('of the page %s, under random filters', async (page) => {
      const { database, folder } = sites[name];
      const cubes = await readSite(folder);
      const compare = pages[page];
      expect(
        await reading(
          database,
          (connection) => compare?.(cubes, new CubeReader(connection)) ?? Promise.resolve([]),
        ),
      ).toEqual([]);
    });
  });
});

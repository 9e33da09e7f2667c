import { type Catalogue, makeCatalogue } from './catalogue.js';
import type { SetCounts } from './scale.js';
import { makeUsers, type Users } from './users.js';

/** All that is decided before the first row is written; its size grows with movies and users, not with ratings. */
export interface MovieLensModel {
  readonly seed: number;
  readonly counts: SetCounts;
  readonly catalogue: Catalogue;
  readonly users: Users;
}

export function makeModel(seed: number, counts: SetCounts): MovieLensModel {
  return { seed, counts, catalogue: makeCatalogue(seed, counts.movies), users: makeUsers(seed, counts) };
}

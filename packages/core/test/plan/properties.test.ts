import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lab } from '../support/lab.js';
import type { Blueprint, ModelSpec } from './properties/blueprint.js';
import { type Scenario, type Seedling, scenarios } from './properties/edits.js';
import { Oracle } from './properties/oracle.js';
import { play, Sightings } from './properties/play.js';

/** How many random projects are built and edited; this variable asks for more of them. */
const RUNS = Number(process.env.MATINEE_PROPERTY_RUNS ?? 10);
/** Milliseconds, after which the smallest failure found so far is told. */
const LIMIT = 60_000 + RUNS * 1000;

/** s0 → m0 (reads the variable) → m1 (view) → m2; and m3 (ephemeral), which warns */
const plain: Seedling = {
  kind: 'table',
  inputs: [0],
  shape: 'threshold',
  k: 0,
  wording: 0,
  layout: 0,
  nullable: false,
  tests: 'none',
};
const everything = { type: 'all' } as const;
const scenario: Scenario = {
  sources: [[1, 2, 4]],
  models: [
    plain,
    { ...plain, kind: 'view', shape: 'all', inputs: [1] },
    { ...plain, shape: 'sum', inputs: [2] },
    { ...plain, kind: 'ephemeral', shape: 'all', tests: 'range' },
  ],
  compared: [],
  steps: [
    { edits: [{ type: 'layout', at: 0 }], selection: everything },
    // 1 is not above the threshold, so that nothing changes behind m0.
    { edits: [{ type: 'repeat', at: 0 }], selection: everything },
    { edits: [{ type: 'rows', at: 0, rows: [4, 5] }], selection: everything },
    { edits: [{ type: 'threshold', value: 4 }], selection: everything },
    { edits: [{ type: 'nullable', at: 2 }], selection: { type: 'down', at: 3 } },
  ],
};

/** A variable's value is written in its place: the text stays, and so does the model. */
const constantForVariable: Scenario = {
  sources: [[]],
  models: [
    { ...plain, inputs: [], k: 1 },
    { ...plain, shape: 'all' },
  ],
  compared: [],
  steps: [{ edits: [{ type: 'shape', at: 0, shape: 'above' }], selection: everything }],
};

it('a build of any project after any edits builds what has changed and what shows it, and nothing else', {
  timeout: LIMIT + 30_000,
}, async () => {
  const sightings = new Sightings();
  await fc.assert(
    fc.asyncProperty(scenarios, (scenario) => play(scenario, { sightings })),
    {
      numRuns: RUNS,
      examples: [[scenario], [constantForVariable]],
      interruptAfterTimeLimit: LIMIT,
      markInterruptAsFailure: true,
    },
  );
  // All of these did happen.
  const common = ['load', 'create', 'view', 'inline', 'reuse', 'partial builds', 'came out the same'];
  for (const what of [...common, 'conditional, built', 'conditional, reused', 'warnings'])
    expect(sightings.counts.get(what) ?? 0, what).toBeGreaterThan(0);
});

class MindsFormatting extends Oracle {
  protected override codeOf(blueprint: Blueprint, spec: ModelSpec): string {
    return super.codeOf(blueprint, spec) + spec.layout;
  }
}
class SeesOtherRows extends Oracle {
  protected override areSame(): boolean {
    return false;
  }
}
class SeesSameRows extends Oracle {
  protected override areSame(): boolean {
    return true;
  }
}
class SeesViewsOnly extends Oracle {
  protected override lookedThrough(code: string): string {
    return code;
  }
}
class OverlooksVariables extends Oracle {
  protected override codeOf(blueprint: Blueprint, spec: ModelSpec): string {
    return super.codeOf({ ...blueprint, threshold: 0 }, spec);
  }
}

describe('the oracle of this property agrees with the engine, and does not once', () => {
  it('nothing is wrong', async () => {
    await expect(play(scenario)).resolves.toBeUndefined();
  });

  it.each<[string, Oracle]>([
    ['it takes formatting for a change', new MindsFormatting()],
    ['it takes the same rows for other ones', new SeesOtherRows()],
    ['it takes other rows for the same', new SeesSameRows()],
    ['it sees the code of views only', new SeesViewsOnly()],
    ['it overlooks variables', new OverlooksVariables()],
  ])('%s', async (_what, oracle) => {
    await expect(play(scenario, { oracle })).rejects.toThrow(/: actions/);
  });

  it.each<[string, string, RegExp]>([
    ['a table has a row more', 'insert into lab.m2 values (77)', /: rows/],
    ['a table is gone', 'drop table if exists lab.m2', /: actions/],
    ['a table is left over', 'create or replace table lab.m7 as select 1 as n', /: relations/],
    ['the ledger has forgotten a node', `delete from _matinee.node_versions where node = 'm0'`, /: actions/],
    ['a node was built from other code', `update _matinee.node_versions set fingerprint = 'x'`, /: actions/],
    [
      'the ledger has forgotten what a node was built from',
      `update _matinee.node_versions set inputs = '{}', version = 'x' where node = 'm2'`,
      /: actions/,
    ],
  ])('%s', async (_what, statement, complaint) => {
    const meddle = async (lab: Lab) => {
      const isBuilt = (await lab.stored()).includes('lab.m2 table');
      if (isBuilt) await lab.session.execute(statement);
    };
    await expect(play(scenario, { meddle })).rejects.toThrow(complaint);
  });
});

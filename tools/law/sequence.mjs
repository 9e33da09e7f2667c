/** One sequence: a delivery, a build, then changes and builds, each compared with a full build of the same files. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { between, pick, pickWeighted } from '../seeded/random.mjs';
import { change, mend } from './changes.mjs';
import { differences } from './compare.mjs';
import { firstDelivery, writeDelivery, writeTable } from './delivery.mjs';

/** How a build is asked for. What is not whole leaves some of the tables behind, for the next one to go on from. */
const BUILDS = {
  whole: 10,
  part: 3,
  refresh: 1,
  untested: 1,
  atomic: 1,
  empty: 0.3,
  sample: 0.3,
  interrupted: 1,
};
const PARTS = [
  ['+src_ratings'],
  ['+int_user_profiles'],
  ['+int_user_daily_ratings'],
  ['+fct_user_behaviour_genres'],
  ['+fct_user_behaviour_genres_concat'],
  ['+int_movie_genres', '+int_movie_genres_concat'],
];

/** Whether the whole warehouse is up to date after such a build, so that it can be compared. */
const isWhole = (how) => !['part', 'empty', 'sample', 'interrupted'].includes(how);

export class Sequence {
  #engine;
  #random;
  #folder = mkdtempSync(join(tmpdir(), 'matinee-law-'));
  #state;
  #figures;
  #tamper;
  /** What has happened, line by line. */
  log = [];

  /** @param figures counted up @param tamper told the warehouse and the number of every build to come */
  constructor(engine, random, figures, { ratings, tamper }) {
    this.#engine = engine;
    this.#random = random;
    this.#figures = figures;
    this.#tamper = tamper;
    this.#state = { delivery: firstDelivery(random, ratings), since: '2010-01-01' };
  }

  /** @returns the differences of the first build that has any */
  async run() {
    const warehouse = await this.#engine.openWarehouse();
    try {
      writeDelivery(this.#folder, this.#state.delivery);
      const builds = between(this.#random, 3, 5);
      for (let number = 0; number <= builds; number++) {
        const isLast = number === builds;
        if (number > 0) await this.#change(isLast);
        const how = number === 0 || isLast ? 'whole' : pickWeighted(this.#random, BUILDS);
        await this.#tamper?.(warehouse, number);
        const found = await this.#build(warehouse, how, isLast);
        if (found.length > 0) return found;
      }
      return [];
    } finally {
      await warehouse.close();
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }

  #change(isLast) {
    const { delivery } = this.#state;
    mend(this.#state);
    for (let count = between(this.#random, 1, 3); count > 0; count--) {
      const kind = change(this.#random, this.#state);
      this.log.push(`change: ${kind}`);
      countOne(this.#figures.changes, kind);
    }
    if (isLast) mend(this.#state);
    // Every file comes anew, or only some of them.
    if (this.#random() < 0.5) writeDelivery(this.#folder, delivery);
    else for (const table of Object.keys(delivery.packed)) writeTable(this.#folder, delivery, table);
  }

  async #build(warehouse, how, isLast) {
    this.log.push(`build: ${how}, ratings_since ${this.#state.since}`);
    countOne(this.#figures.builds, how);
    const result = await this.#run(warehouse, this.#optionsOf(how));
    this.#count(result);
    if (!isWhole(how)) return [];
    const fresh = await this.#engine.openFresh();
    try {
      // What has passed its tests need not pass them again; what has failed must fail as well.
      const full = await this.#run(fresh, {
        withoutTests: how === 'untested' || result.status === 'ok',
        atomic: how === 'atomic',
      });
      const { status, tests } = result;
      if (status !== full.status || (status === 'failed' && tests.join() !== full.tests.join()))
        return [`${status}, and a full build is ${full.status}: ${tests} / ${full.tests}; ${result.errors}`];
      if (isLast && status !== 'ok') return [`the last build is ${status}: ${result.errors}`];
      this.#figures.failed += status === 'ok' ? 0 : 1;
      this.#figures.compared += status === 'ok' ? 1 : 0;
      return status === 'ok' ? await differences(warehouse, fresh, this.#engine.tables) : [];
    } finally {
      await fresh.close();
    }
  }

  #optionsOf(how) {
    switch (how) {
      case 'part':
        return { select: pick(this.#random, PARTS) };
      case 'refresh':
        return { fullRefresh: true };
      case 'untested':
        return { withoutTests: true };
      case 'atomic':
        return { atomic: true };
      case 'empty':
        return { limit: { type: 'empty' } };
      case 'sample':
        return { limit: { type: 'sample', share: 0.5 } };
      case 'interrupted': {
        const controller = new AbortController();
        let left = between(this.#random, 1, 40);
        const onEvent = () => {
          if (--left === 0) controller.abort();
        };
        return { signal: controller.signal, onEvent };
      }
      default:
        return {};
    }
  }

  /** What a build came to, with the names of the tests that failed. A delivery that is refused counts as failed. */
  async #run(warehouse, options) {
    const variables = { ratings_since: this.#state.since };
    try {
      const { status, nodes, tests } = await this.#engine.build(warehouse, this.#folder, {
        variables,
        // Rows of parts that come no more have to go, as they do from a full build.
        prune: true,
        ...options,
      });
      return {
        status,
        nodes,
        tests: tests
          .filter((test) => ['failed', 'errored'].includes(test.status))
          .map(({ test, status: how, failures }) => `${test} ${how} ${failures}`)
          .sort(),
        errors: nodes.flatMap(({ error }) => (error ? [error.message] : [])),
      };
    } catch (error) {
      if (!error.code) throw error;
      return { status: 'refused', nodes: [], tests: [error.code], errors: [error.message] };
    }
  }

  #count({ nodes }) {
    const { tables } = this.#engine;
    for (const { node, action, status, increment, reason } of nodes) {
      if (!tables.some(({ name, isIncremental }) => isIncremental && name === node)) continue;
      this.#figures.nodes[node] ??= { increments: 0, full: 0, reused: 0, other: 0, touched: 0, reasons: {} };
      const figures = this.#figures.nodes[node];
      if (status === 'reused') figures.reused++;
      else if (status === 'failed' || status === 'skipped') figures.other++;
      else if (action === 'increment') {
        figures.increments++;
        figures.touched += increment?.touchedRows ?? 0;
      } else {
        figures.full++;
        countOne(figures.reasons, reasonOf(reason));
      }
    }
  }
}

/** The reason for a full rebuild without its figures. */
function reasonOf(reason) {
  const because = reason.split('; in full, for ')[1] ?? reason;
  return because.split('; its rows')[0].replace(/\d+ %/, '… %').replace(/: .*/, '');
}

function countOne(counts, name) {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** The fault test: change, build, kill, look from outside, build again, and so on. */
import { randomOf } from '../seeded/random.mjs';
import { duckDb, killBuild, runBuild } from './build.mjs';
import { drawChange, RECOVERY } from './changes.mjs';
import { differences } from './differences.mjs';
import { Estimates } from './estimates.mjs';
import { firstInputs } from './inputs.mjs';
import { judgeClean, judgeFinished, judgeKilled } from './judge.mjs';
import { LAWS_AT_ANY_MOMENT, LAWS_AT_REST, LAWS_OF_ONE } from './laws.mjs';
import { drawMoment } from './moments.mjs';
import { observe } from './observe.mjs';
import { phaseOf } from './phases.mjs';
import { deleteDatabase } from './workspace.mjs';

/** So many builds in a row may be killed before one is let alone. */
const MOST_UNFINISHED = 3;
/** The share of killed builds after which the next is let alone at once. */
const SETTLING = 0.75;
/** A test that finds so much need not go on. */
const MOST_VIOLATIONS = 20;
/** When something was found, by the file it was found in. */
const FOUND = { killed: 'after the kill:', finished: 'after the next build:', clean: 'after a clean build:' };
/** What is published in a file that is not there. */
const NOTHING = { relations: new Map(), history: new Map() };

export class FaultTest {
  #workspace;
  #site;
  #seed;
  #inputs;
  #estimates;
  /** What a clean build of the inputs gives, once it was made. */
  #after;
  /** What is published now. */
  #now;
  /** Builds since one that was drawn to be let alone. Not a matter of timing: what is drawn next depends on it. */
  #attempts = 0;
  /** The copy of what is published now. */
  #looked = 'finished';
  kills = [];
  violations = [];
  /** Builds that had come to their end before they were to be killed. */
  late = 0;
  settled = 0;
  litter = new Set();

  /**
   * @param {object} options
   * @param {import('./workspace.mjs').Workspace} options.workspace
   * @param {import('./duckdb-site.mjs').DuckDbSite | import('./snowflake-site.mjs').SnowflakeSite} options.site where builds
   *   are killed
   * @param {number} options.seed
   * @param {number} options.rows
   */
  constructor({ workspace, site, seed, rows }) {
    this.#workspace = workspace;
    this.#site = site;
    this.#seed = seed;
    this.#inputs = firstInputs(randomOf(seed, 0), rows);
  }

  /** The first build, let alone: it shows how long one takes. @throws Error if it fails. */
  async prepare() {
    this.#workspace.write(this.#inputs);
    const first = await this.#build();
    if (first.code !== 0) throw new Error(`The first build ended with ${first.code}.\n${first.errors}`);
    await this.#lookAtRest({ iteration: 0, change: 'first build', moment: 'not killed' }, NOTHING);
    this.#estimates = new Estimates(first, await this.#build());
  }

  /** Kills builds until so many are dead. @param {(kill: object) => void} onKill */
  async run(kills, onKill) {
    for (let iteration = 1; this.kills.length < kills; iteration++) {
      const last = this.kills.length === kills - 1;
      const kill = await this.#iterate(iteration, last);
      if (kill) onKill(kill);
      if (this.violations.length >= MOST_VIOLATIONS) break;
    }
    return this;
  }

  async #iterate(iteration, last) {
    const random = randomOf(this.#seed, iteration);
    const change = drawChange(this.#inputs, random, this.#attempts === 0);
    const before = change.deletesWarehouse ? NOTHING : this.#now;
    await this.#change(change);
    const moment = drawMoment(random, this.#estimates.of(change.name));
    const settles = random() < SETTLING || this.#attempts + 1 >= MOST_UNFINISHED;
    this.#attempts = settles ? 0 : this.#attempts + 1;
    const options = { place: this.#site.build, more: change.arguments };
    const killed = await killBuild(this.#workspace, this.#inputs, options, moment);
    const isLate = killed.signal === null;
    const leftLog = this.#site.hasLog();
    await this.#site.settle();
    const { publishesAtOnce } = this.#site;
    await this.#look('killed', publishesAtOnce ? LAWS_AT_ANY_MOMENT : LAWS_OF_ONE);
    const found = this.#now;
    const place = { iteration, change: change.name, moment: isLate ? 'not killed' : moment.name };
    if (isLate) this.#noteLate(place, change, killed);
    // The clean build comes last, for it mends what a kill leaves in dist/.
    if (settles || isLate || last) await this.#settle(place, found);
    else this.#after ??= await this.#buildClean(place);
    const { violations, outcome } = judgeKilled(before, found, this.#after, publishesAtOnce);
    await this.#report(place, violations, 'killed');
    if (isLate) return undefined;
    const kill = { ...place, phase: phaseOf(killed.events), outcome, leftLog };
    this.kills.push(kill);
    return kill;
  }

  async #change({ name, deletesWarehouse }) {
    this.#workspace.keepCopy(this.#workspace.keptFile(this.#looked), 'before');
    if (deletesWarehouse) await this.#site.empty();
    if (name !== RECOVERY) this.#after = undefined;
    this.#workspace.write(this.#inputs);
  }

  #noteLate(place, change, build) {
    this.late++;
    this.#estimates.learn(change.name, build);
    if (build.code !== 0)
      this.#violate(place, `a build that nobody killed ended with ${build.code}: ${told(build)}`);
  }

  /** Lets the next build come to its end and looks at what it leaves; the one after that has nothing to do. */
  async #settle(place, before) {
    const build = await this.#build();
    if (build.code !== 0) this.#violate(place, `the next build ended with ${build.code}: ${told(build)}`);
    this.#estimates.learn(RECOVERY, build);
    await this.#lookAtRest(place, before);
    const again = await this.#build();
    const { nodes = [] } = again.events.at(-1)?.result ?? {};
    const built = nodes.filter(({ status }) => status !== 'reused').map(({ node }) => node);
    if (again.code !== 0 || nodes.length === 0 || built.length > 0)
      this.#violate(place, `a build without changes ended with ${again.code} and built: ${built.join(', ')}`);
    this.#estimates.learn('nothing', again);
    for (const file of this.#workspace.litter()) this.litter.add(file);
    this.settled++;
  }

  async #lookAtRest(place, before) {
    await this.#look('finished', LAWS_AT_REST);
    this.#after ??= await this.#buildClean(place);
    await this.#report(place, judgeFinished(before, this.#now, this.#after), 'finished');
  }

  async #look(name, laws) {
    this.#now = await this.#site.observe(name, laws);
    this.#looked = name;
  }

  async #buildClean(place) {
    const { clean } = this.#workspace;
    deleteDatabase(clean);
    const build = await this.#build({ place: duckDb(clean) });
    const after = await observe(clean, LAWS_AT_REST);
    if (build.code !== 0) this.#violate(place, `a clean build ended with ${build.code}: ${told(build)}`);
    await this.#report(place, judgeClean(after), 'clean');
    return after;
  }

  #build(options = { place: this.#site.build }) {
    return runBuild(this.#workspace, this.#inputs, options);
  }

  /** @param {keyof typeof FOUND} copy the file that the violations were found in */
  async #report(place, violations, copy) {
    for (const { relation, what } of violations) {
      const details = [];
      if (relation && copy !== 'clean') {
        const { clean } = this.#workspace;
        const kept = (name) => this.#workspace.keptFile(name);
        details.push(...(await differences(relation, [kept(copy), kept('before')], [copy, 'before'])));
        details.push(...(await differences(relation, [kept(copy), clean], [copy, 'clean'])));
      }
      this.#violate(place, [FOUND[copy], relation, what].filter(Boolean).join(' '), details);
    }
  }

  #violate(place, what, details = []) {
    if (this.violations.length === 0) this.evidence = this.#workspace.keepEvidence('evidence');
    this.violations.push({ seed: this.#seed, ...place, what, details });
  }
}

/** Why a build failed, in a line. */
function told({ events, errors }) {
  const nodes = events.at(-1)?.result?.nodes ?? [];
  const failed = nodes.filter(({ error }) => error).map(({ node, error }) => `${node}: ${error.message}`);
  return [...failed, errors.trim()].filter(Boolean).join(' · ') || 'it said nothing';
}

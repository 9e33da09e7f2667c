/** Compares what is published with what was published before a build, and with what a clean build gives. */
import { HISTORY, PUBLISHED_TOGETHER } from './laws.mjs';

/**
 * @typedef {import('./observe.mjs').Observation} Observation
 * @typedef {{ relation?: string, what: string }} Violation
 */

/**
 * After a kill: every relation is as before the build or as a clean build makes it, and whole.
 *
 * @param {Observation} before
 * @param {Observation} now
 * @param {Observation} after a clean build of the new inputs
 * @param {boolean} publishesAtOnce whether a group's relations are published at one moment
 * @returns {{ violations: Violation[], outcome: 'old' | 'new' | 'mixed' | 'same' }} outcome: which versions are there;
 *   `same` where old and new do not differ
 */
export function judgeKilled(before, now, after, publishesAtOnce = true) {
  const violations = [...readable(now, before.relations.size > 0), ...historyKept(before, now)];
  const versions = new Map();
  for (const relation of new Set([...before.relations.keys(), ...now.relations.keys()])) {
    if (now.unreadable.some((entry) => entry.relation === relation)) continue;
    const version = versionOf(relation, before, now, after);
    versions.set(relation, version);
    if (version === 'gone') violations.push({ relation, what: 'was published before the build and is gone' });
    if (version === 'other' && !now.passing.has(relation))
      violations.push({
        relation,
        what: `is neither as before (${tell(before, relation)}) nor as a clean build makes it (${tell(after, relation)}): ${tell(now, relation)}`,
      });
  }
  for (const relation of after.relations.keys()) {
    if (!now.relations.has(relation) && !before.relations.has(relation)) versions.set(relation, 'old');
  }
  for (const group of publishesAtOnce ? PUBLISHED_TOGETHER : []) {
    const seen = group.map((relation) => `${relation} ${versions.get(relation)}`);
    if (seen.some((text) => text.endsWith(' old')) && seen.some((text) => text.endsWith(' new')))
      violations.push({ what: `are published together, yet differ: ${seen.join(', ')}` });
  }
  return { violations, outcome: outcomeOf([...versions.values()]) };
}

/**
 * After a build that came to its end: all is as a clean build makes it, and nothing is left over.
 *
 * @returns {Violation[]}
 */
export function judgeFinished(before, now, after) {
  const violations = [...readable(now, true), ...historyKept(before, now)];
  for (const relation of new Set([...now.relations.keys(), ...after.relations.keys()])) {
    if (!equal(now.relations.get(relation), after.relations.get(relation)))
      violations.push({
        relation,
        what: `is not as a clean build makes it (${tell(after, relation)}): ${tell(now, relation)}`,
      });
  }
  for (const relation of now.candidates) violations.push({ relation, what: 'is a candidate left over' });
  for (const what of now.left) violations.push({ what: `${what} is left over` });
  return violations;
}

/** A clean build has nothing to be compared with: its laws hold. */
export function judgeClean(after) {
  return [
    ...readable(after, true),
    ...after.candidates.map((relation) => ({ relation, what: 'is left over' })),
  ];
}

function readable(now, expected) {
  const violations = [];
  if (expected && !now.exists) violations.push({ what: 'the file is gone' });
  // Before the first publication a file may be half made: nobody has anything to read in it.
  if (expected && now.error) violations.push({ what: `the file cannot be read: ${now.error}` });
  for (const { relation, message } of now.unreadable)
    violations.push({ relation, what: `cannot be read: ${message}` });
  for (const { law, rows } of now.broken) violations.push({ what: `${rows} row(s) break the law '${law}'` });
  return violations;
}

/**
 * A history only grows: no version vanishes or changes, but that an open one may be closed. A build adds open versions
 * only, and leaves a history alone whose open rows are what they were.
 */
function historyKept(before, now) {
  if (!now.relations.has(HISTORY)) return [];
  const violations = [];
  const report = (versions, what) => {
    if (versions.length > 0)
      violations.push({
        relation: HISTORY,
        what: `${versions.length} version(s) ${what}, such as ${versions[0][1].row}`,
      });
  };
  const isOld = equal(now.relations.get(HISTORY), before.relations.get(HISTORY));
  const isKept = ([scdId, { row, validTo }]) => {
    const found = now.history.get(scdId);
    return found?.row === row && (found.validTo === validTo || (validTo === null && !isOld));
  };
  const added = [...now.history].filter(([scdId]) => !before.history.has(scdId));
  report(
    [...before.history].filter((version) => !isKept(version)),
    'vanished or changed',
  );
  report(
    added.filter(([, { validTo }]) => isOld || validTo !== null),
    isOld ? 'came though nothing had changed' : 'came closed',
  );
  return violations;
}

function versionOf(relation, before, now, after) {
  const found = now.relations.get(relation);
  if (!found) return 'gone';
  const [isOld, isNew] = [before, after].map(({ relations }) => equal(found, relations.get(relation)));
  if (isOld && isNew) return 'same';
  if (isOld) return 'old';
  return isNew ? 'new' : 'other';
}

function equal(one, other) {
  return one !== undefined && one.digest === other?.digest && one.columns === other.columns;
}

function tell({ relations }, relation) {
  const found = relations.get(relation);
  return found ? `${found.kind.toLowerCase()} of ${found.rows} rows (${found.columns})` : 'nothing';
}

function outcomeOf(versions) {
  const [isOld, isNew] = ['old', 'new'].map((version) => versions.includes(version));
  if (isOld && isNew) return 'mixed';
  if (isOld) return 'old';
  return isNew ? 'new' : 'same';
}

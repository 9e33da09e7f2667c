/** What a fault test found, for people. */
import { PHASES } from './phases.mjs';

const OUTCOMES = ['old', 'new', 'mixed', 'same'];

/** One line for each kill while the test goes on. */
export function killLine(kill, number, total, violations) {
  const count = `${number}/${total}`.padStart(2 * String(total).length + 1);
  const found = violations > 0 ? `  ${violations} VIOLATION(S)` : '';
  return `${count}  ${kill.change.padEnd(18)} killed ${kill.moment.padEnd(26)} ${kill.phase.padEnd(9)} ${kill.outcome}${found}`;
}

/** The figures of a test; what `--json` prints. */
export function summaryOf(test, seed, seconds) {
  const { kills, violations, late, settled, litter } = test;
  return {
    seed,
    kills: kills.length,
    phases: Object.fromEntries(Object.keys(PHASES).map((phase) => [phase, outcomesOf(kills, { phase })])),
    changes: countBy(kills, 'change'),
    outcomes: outcomesOf(kills, {}),
    settled,
    late,
    logs: kills.filter(({ leftLog }) => leftLog).length,
    litter: litter.size,
    litterFiles: [...litter].slice(0, 10),
    seconds,
    violations,
  };
}

/** @param {ReturnType<typeof summaryOf>} summary */
export function reportLines(summary) {
  const { kills, phases, changes, outcomes, settled, late, logs, litter, seconds, violations, seed } =
    summary;
  const row = (title, counts) =>
    `${title.padEnd(44)}${[sum(counts), ...OUTCOMES.map((outcome) => counts[outcome] ?? 0)]
      .map((count) => String(count).padStart(7))
      .join('')}`;
  return [
    `${'killed'.padEnd(44)}${['kills', ...OUTCOMES].map((title) => title.padStart(7)).join('')}`,
    ...Object.entries(PHASES).map(([phase, title]) => row(title, phases[phase])),
    row('all', outcomes),
    '',
    'old, new: every relation that the change touches is as before the build, or as a clean build makes it;',
    'mixed: some are old and some new; same: old and new do not differ.',
    '',
    `Before them: ${Object.entries(changes)
      .map(([change, count]) => `${change} ${count}`)
      .join(', ')}.`,
    `After that the next build was let alone ${settled} times, and looked at; so was one more, which should have nothing to do.`,
    `${logs} kills left a write-ahead log that the next reader had to replay. Temporary files left behind: ${litter}.`,
    `${late} more builds had ended before they were to be killed.`,
    `${kills} kills in ${seconds.toFixed(0)} s, seed ${seed}: ${violations.length} violation(s).`,
  ];
}

export function violationLines({ seed, iteration, change, moment, what, details }) {
  return [
    `✗ seed ${seed}, iteration ${iteration} (${change}, killed ${moment}): ${what}`,
    ...details.map((line) => `    ${line}`),
  ];
}

function outcomesOf(kills, { phase }) {
  return countBy(
    kills.filter((kill) => phase === undefined || kill.phase === phase),
    'outcome',
  );
}

function countBy(kills, property) {
  const counts = {};
  for (const kill of kills) counts[kill[property]] = (counts[kill[property]] ?? 0) + 1;
  return counts;
}

function sum(counts) {
  return Object.values(counts).reduce((all, count) => all + count, 0);
}

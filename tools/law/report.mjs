/** What a proof of the law came to, for people. */

/** @param summary what `--json` prints */
export function reportLines({
  seed,
  sequences,
  builds,
  compared,
  failed,
  changes,
  nodes,
  seconds,
  violations,
}) {
  const row = (title, ...counts) =>
    `${title.padEnd(44)}${counts.map((count) => String(count).padStart(10)).join('')}`;
  const reasons = {};
  for (const { reasons: own } of Object.values(nodes))
    for (const [reason, count] of Object.entries(own)) reasons[reason] = (reasons[reason] ?? 0) + count;
  const list = (counts) =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([name, count]) => row(`  ${name}`, count));
  return [
    row('changes by kind', sum(changes)),
    ...list(changes),
    row('builds by kind', sum(builds)),
    ...list(builds),
    '',
    row('incremental table', 'by changes', 'in full', 'reused', 'held back', 'rows'),
    ...Object.entries(nodes).map(([name, { increments, full, reused, other, touched }]) =>
      row(`  ${name}`, increments, full, reused, other, touched),
    ),
    row('full rebuilds by reason', sum(reasons)),
    ...list(reasons),
    '',
    'rows: published rows that were computed anew by changes. Held back: a test failed, there or before.',
    `After ${compared} builds every table was compared with a full refresh; ${failed} more failed as a full refresh did.`,
    `${sequences} sequences in ${seconds.toFixed(0)} s, seed ${seed}: ${violations.length} difference(s).`,
  ];
}

export function violationLines({ sequence, seed, log, differences }) {
  return [
    `✗ sequence ${sequence}: again with --seed ${seed} --only ${sequence}`,
    ...log.map((line) => `    ${line}`),
    ...differences.slice(0, 10).map((line) => `  ${line}`),
    ...(differences.length > 10 ? [`  and ${differences.length - 10} more`] : []),
  ];
}

const sum = (counts) => Object.values(counts).reduce((all, count) => all + count, 0);

import type { OpenProject } from '../workspace/open-project.js';
import type { Summary } from './read-summary.js';

export interface Suggestion {
  readonly command: string;
  readonly why: string;
}

/** Three things to try with a warehouse that was built, made of what is in it. */
export function suggestions({ nodes }: Summary, { dag, project }: OpenProject): readonly Suggestion[] {
  const published = new Set(nodes.map(({ name }) => name));
  const analysis = project
    .analyses()
    .findLast(({ name }) => [...dag.reach(name, 'up')].some((input) => published.has(input)));
  const models = nodes.filter(({ kind }) => kind === 'model');
  const [deepest] = [...models].sort((a, b) => dag.reach(b.name, 'up').size - dag.reach(a.name, 'up').size);
  const tables = models.filter(({ materialized }) => materialized !== 'view');
  const [largest] = [...tables].sort((a, b) => b.rows - a.rows);
  return [
    ...(analysis
      ? [{ command: `npx matinee show ${analysis.name}`, why: analysis.declaration.description }]
      : largest
        ? [{ command: `npx matinee show ${largest.name}`, why: largest.description }]
        : []),
    ...(deepest
      ? [
          {
            command: `npx matinee lineage ${deepest.name}`,
            why: 'What it is made of, down to the raw files.',
          },
        ]
      : []),
    ...(largest
      ? [
          {
            command: `npx matinee show --inline 'select * from ${largest.schema}.${largest.name}'`,
            why: 'Any SQL on any table, such as the largest.',
          },
        ]
      : []),
  ];
}

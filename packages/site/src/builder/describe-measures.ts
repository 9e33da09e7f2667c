import { Model, type ProjectNode } from '@matinee/core';
import type { MeasureFacts, SiteFacts } from '../contract/site-facts.js';

/** What pages say of numbers: the words and formats of the models that declare them. */
export function describeMeasures(nodes: readonly ProjectNode[]): SiteFacts['measures'] {
  return Object.fromEntries(
    nodes.flatMap(({ name, declaration }) => {
      const measures = declaration instanceof Model ? Object.entries(declaration.measures) : [];
      if (measures.length === 0) return [];
      const facts = measures.map(([measure, { description, format }]): [string, MeasureFacts] => [
        measure,
        { description, format },
      ]);
      return [[name, Object.fromEntries(facts)]];
    }),
  );
}

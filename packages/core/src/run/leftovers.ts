import type { Session, StoredKind } from '../adapters/adapter.js';
import type { Dag } from '../graph/dag.js';
import { isCandidate, type Namer } from '../materialize/names.js';
import type { WarehouseState } from '../plan/state.js';

/** A candidate that a run which was killed has left behind. */
export interface Leftover {
  /** As it is stored, unquoted. */
  readonly schema: string;
  readonly name: string;
  /** Quoted. */
  readonly relation: string;
  readonly kind: StoredKind;
}

/** The leftovers in the schemas of a project. The target is ours alone, so nobody builds them. */
export function findLeftovers(names: Namer, dag: Dag, { stored }: WarehouseState): readonly Leftover[] {
  const schemas = [...new Set(dag.project.relations().map((node) => node.schema))];
  return schemas.flatMap((schema) => {
    const start = `${names.schema(schema)}.`.toLowerCase();
    return [...stored]
      .filter(([name]) => name.startsWith(start) && isCandidate(name))
      .map(([name, kind]): Leftover => {
        const own = name.slice(start.length);
        return { schema: names.schema(schema), name: own, relation: names.inSchema(schema, own), kind };
      });
  });
}

export async function dropLeftovers(session: Session, leftovers: readonly Leftover[]): Promise<void> {
  for (const { kind, relation } of leftovers) await session.execute(`drop ${kind} if exists ${relation}`);
}

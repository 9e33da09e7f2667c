/** Columns of relations that a value is made of, written `relation.column`. */
export type Origins = ReadonlySet<string>;

/** A column that a query returns. */
export interface Field {
  readonly name: string;
  readonly origins: Origins;
}

/** Something that a FROM names. */
export interface NamedFields {
  readonly name: string;
  readonly fields: readonly Field[];
  /** What a column comes from that is not listed: of a function whose columns nobody declares. */
  readonly others?: Origins;
}

/** What names mean at one place of a query. */
export interface Scope {
  readonly from: readonly NamedFields[];
  /** Columns of the select list so far, which later ones may name. */
  readonly selected: readonly Field[];
  /** Where a subquery stands. */
  readonly outer: Scope | undefined;
}

export const NOTHING: Origins = new Set();

export function union(all: Iterable<Origins>): Origins {
  const merged = new Set<string>();
  for (const origins of all) for (const origin of origins) merged.add(origin);
  return merged;
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** What a column reference comes from: `column`, `table.column`, `schema.table.column`, or a field of one of these. */
export function originsOf(names: readonly string[], scope: Scope | undefined): Origins {
  if (!scope) return NOTHING;
  return here(names, scope) ?? originsOf(names, scope.outer);
}

function here(names: readonly string[], { from, selected }: Scope): Origins | undefined {
  for (let at = Math.min(names.length - 1, 2); at > 0; at--) {
    const [table = '', column = ''] = names.slice(at - 1, at + 1);
    const named = from.find(({ name }) => same(name, table));
    const found = named && fieldOf(named, column);
    if (found) return found;
  }
  const [column = ''] = names;
  for (const named of from) {
    const field = named.fields.find(({ name }) => same(name, column));
    if (field) return field.origins;
  }
  const alias = selected.find(({ name }) => same(name, column));
  return alias?.origins ?? from.find(({ others }) => others)?.others;
}

function fieldOf({ fields, others }: NamedFields, column: string): Origins | undefined {
  return fields.find(({ name }) => same(name, column))?.origins ?? others;
}

import {
  type Field,
  type NamedFields,
  NOTHING,
  type Origins,
  originsOf,
  type Scope,
  union,
} from './scope.js';
import type { Expression, FromNode, QueryNode } from './sql-tree.js';

/** The columns of a relation of the project; undefined for what is none. */
export type RelationColumns = (schema: string, name: string) => readonly Field[] | undefined;

type Ctes = ReadonlyMap<string, readonly Field[]>;

/** What the columns of a query are made of: every column that stands in their expressions. */
export function resolveQuery(query: QueryNode, relation: RelationColumns): readonly Field[] {
  return new Resolver(relation).query(query, new Map(), undefined);
}

class Resolver {
  readonly #relation: RelationColumns;

  constructor(relation: RelationColumns) {
    this.#relation = relation;
  }

  query(node: QueryNode, known: Ctes, outer: Scope | undefined): readonly Field[] {
    const ctes = new Map(known);
    for (const { key, value } of node.cte_map?.map ?? []) {
      ctes.set(key.toLowerCase(), this.query(value.query.node, ctes, outer));
    }
    if (node.type === 'SELECT_NODE') return this.#select(node, ctes, outer);
    const { left, right } = node;
    if (!left || !right) return [];
    const first = this.query(left, ctes, outer);
    // The second part of a recursive query reads the first.
    if (node.cte_name !== undefined) ctes.set(node.cte_name.toLowerCase(), first);
    const second = this.query(right, ctes, outer);
    return first.map(({ name, origins }, index) => ({
      name,
      origins: union([origins, second[index]?.origins ?? NOTHING]),
    }));
  }

  #select(node: QueryNode, ctes: Ctes, outer: Scope | undefined): readonly Field[] {
    const from = node.from_table ? this.#from(node.from_table, ctes, { from: [], selected: [], outer }) : [];
    const selected: Field[] = [];
    const scope: Scope = { from, selected, outer };
    for (const expression of node.select_list ?? []) {
      if (expression.class === 'STAR') selected.push(...this.#star(expression, node.from_table, ctes, scope));
      else selected.push({ name: nameOf(expression), origins: this.#origins(expression, ctes, scope) });
    }
    return selected;
  }

  /** @param scope what stands left of it, which a lateral join may name */
  #from(node: FromNode, ctes: Ctes, scope: Scope): readonly NamedFields[] {
    if (node.type === 'JOIN') {
      const left = node.left ? this.#from(node.left, ctes, scope) : [];
      const beside: Scope = { ...scope, from: [...scope.from, ...left] };
      return [...left, ...(node.right ? this.#from(node.right, ctes, beside) : [])];
    }
    const alias = node.alias ?? node.table_name ?? node.function?.function_name ?? '';
    const named = this.#named(node, ctes, scope);
    const fields = named.fields.map((field, index) => ({
      ...field,
      name: node.column_name_alias?.[index] ?? field.name,
    }));
    return [{ ...named, name: alias, fields }];
  }

  #named(node: FromNode, ctes: Ctes, scope: Scope): Omit<NamedFields, 'name'> {
    switch (node.type) {
      case 'BASE_TABLE': {
        const cte = node.schema_name ? undefined : ctes.get((node.table_name ?? '').toLowerCase());
        return { fields: cte ?? this.#relation(node.schema_name ?? '', node.table_name ?? '') ?? [] };
      }
      case 'SUBQUERY':
        return { fields: node.subquery ? this.query(node.subquery.node, ctes, scope) : [] };
      case 'EXPRESSION_LIST': {
        const [first = []] = node.values ?? [];
        const columns = first.map((_, index) => (node.values ?? []).flatMap((row) => row[index] ?? []));
        return {
          fields: columns.map((values, index) => ({
            name: `col${index}`,
            origins: union(values.map((value) => this.#origins(value, ctes, scope))),
          })),
        };
      }
      case 'TABLE_FUNCTION': {
        const others = node.function ? this.#origins(node.function, ctes, scope) : NOTHING;
        return { fields: (node.column_name_alias ?? []).map((name) => ({ name, origins: others })), others };
      }
      default:
        return { fields: [] };
    }
  }

  #star(star: Expression, fromNode: FromNode | undefined, ctes: Ctes, scope: Scope): readonly Field[] {
    const lower = (text: string) => text.toLowerCase();
    const excluded = new Set([
      ...(star.exclude_list ?? []).map(lower),
      ...(star.qualified_exclude_list ?? []).map(({ column }) => lower(column)),
    ]);
    const replaced = new Map(star.replace_list?.map(({ key, value }) => [lower(key), value]));
    const renamed = new Map(star.rename_list?.map(({ key, value }) => [lower(key.column), value]));
    const chosen = scope.from.filter(
      ({ name }) => !star.relation_name || lower(name) === lower(star.relation_name),
    );
    const shared = new Set(star.relation_name ? [] : usingColumns(fromNode).map(lower));
    const seen = new Set<string>();
    return chosen.flatMap(({ fields }) =>
      fields.flatMap(({ name, origins }) => {
        const key = lower(name);
        if (excluded.has(key) || (shared.has(key) && seen.has(key))) return [];
        seen.add(key);
        const value = replaced.get(key);
        return [
          { name: renamed.get(key) ?? name, origins: value ? this.#origins(value, ctes, scope) : origins },
        ];
      }),
    );
  }

  /** All columns that stand somewhere in an expression, subqueries with all they read by name. */
  #origins(expression: Expression, ctes: Ctes, scope: Scope): Origins {
    const found: Origins[] = [];
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(visit);
      else if (typeof value === 'object' && value !== null) {
        const { class: kind, column_names: names, subquery } = value as Expression;
        if (kind === 'COLUMN_REF' && names) found.push(originsOf(names, scope));
        for (const [key, part] of Object.entries(value)) {
          if (key === 'subquery') continue;
          visit(part);
        }
        if (subquery) found.push(...this.query(subquery.node, ctes, scope).map(({ origins }) => origins));
      }
    };
    visit(expression);
    return union(found);
  }
}

function nameOf({ alias, column_names, function_name }: Expression): string {
  return alias ?? column_names?.at(-1) ?? function_name ?? '';
}

function usingColumns(node: FromNode | undefined): readonly string[] {
  if (node?.type !== 'JOIN') return [];
  return [...(node.using_columns ?? []), ...usingColumns(node.left), ...usingColumns(node.right)];
}

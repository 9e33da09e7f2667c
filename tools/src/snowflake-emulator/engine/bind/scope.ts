import { compilationError, invalidIdentifier, type Place } from '../errors.js';
import type { BoundColumn, Typed } from './typed.js';

/** A relation of a FROM, by the name that qualifies its columns. */
export interface ScopeRelation {
  /** Several parts for a table without alias: its last ones qualify as well. */
  readonly path: readonly string[];
  readonly columns: readonly BoundColumn[];
}

/** The names that an expression can use. */
export class Scope {
  readonly relations: readonly ScopeRelation[];
  readonly #parent: Scope | undefined;
  /** Columns of both sides of a USING, by their name. */
  readonly #merged: ReadonlyMap<string, Typed>;
  /** Aliases of the select list, bound when they are met: columns hide them. */
  aliases: ReadonlyMap<string, () => Typed> = new Map();

  constructor(
    relations: readonly ScopeRelation[],
    parent?: Scope,
    merged: ReadonlyMap<string, Typed> = new Map(),
  ) {
    this.relations = relations;
    this.#parent = parent;
    this.#merged = merged;
  }

  get merged(): ReadonlyMap<string, Typed> {
    return this.#merged;
  }

  /** @throws SnowflakeError 000904 for what is not there, 001014 for what is there twice. */
  column(parts: readonly string[], place: Place): Typed {
    const found = this.#find(parts, place);
    if (!found) throw invalidIdentifier(parts.map(shown).join('.'), place);
    return found;
  }

  has(name: string, place: Place): boolean {
    return this.#own([name], place) !== undefined;
  }

  /** The relation that `a.*` means. */
  relation(path: readonly string[], place: Place): ScopeRelation {
    const found = this.relations.find((relation) => endsWith(relation.path, path));
    if (!found) throw invalidIdentifier(`${path.map(shown).join('.')}.*`, place);
    return found;
  }

  #find(parts: readonly string[], place: Place): Typed | undefined {
    const own = this.#own(parts, place);
    if (own) return own;
    const alias = parts.length === 1 ? this.aliases.get(parts[0]!) : undefined;
    if (alias) return alias();
    return this.#parent === undefined ? undefined : this.#parent.#find(parts, place);
  }

  #own(parts: readonly string[], place: Place): Typed | undefined {
    const name = parts.at(-1)!;
    const path = parts.slice(0, -1);
    const merged = path.length === 0 ? this.#merged.get(name) : undefined;
    if (merged) return merged;
    const found = this.relations
      .filter((relation) => path.length === 0 || endsWith(relation.path, path))
      .flatMap(({ columns }) => columns.filter((column) => column.name === name));
    if (found.length > 1) throw compilationError('001014', '42601', `ambiguous column name '${name}'`, place);
    return found[0];
  }
}

function endsWith(path: readonly string[], tail: readonly string[]): boolean {
  return (
    tail.length <= path.length &&
    tail.every((part, index) => part === path[path.length - tail.length + index])
  );
}

function shown(name: string): string {
  return /^[A-Z_][A-Z0-9_$]*$/.test(name) ? name : `"${name}"`;
}

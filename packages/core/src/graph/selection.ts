import { UsageError } from '../errors.js';
import type { ProjectNode } from '../project/project.js';
import type { Dag } from './dag.js';
import { nearest } from './nearest.js';

/**
 * Picks nodes: names with `*`, `+up`, `down+`, `1+both+1`, `package:`, `tag:`, `path:`, `kind:`; a space is a union, a
 * comma an intersection. Nothing selected means everything.
 *
 * @throws UsageError SELECTOR for words that name nothing.
 */
export function selectNodes(
  dag: Dag,
  select: readonly string[] = [],
  exclude: readonly string[] = [],
): ReadonlySet<string> {
  const all = [...dag.project.nodes.keys()];
  const chosen = select.length === 0 ? new Set(all) : union(dag, select);
  if (chosen.size === 0) {
    throw new UsageError('SELECTOR', `Nothing is selected by '${select.join(' ')}'.`, {
      hint: 'matinee ls lists all nodes; leave the option out to select everything.',
    });
  }
  const left = union(dag, exclude);
  return new Set(dag.inOrder([...chosen].filter((name) => !left.has(name))));
}

function union(dag: Dag, expressions: readonly string[]): Set<string> {
  const words = expressions.flatMap((expression) => expression.split(/\s+/)).filter((word) => word !== '');
  return new Set(words.flatMap((word) => [...intersection(dag, word)]));
}

function intersection(dag: Dag, word: string): Set<string> {
  const sets = word
    .split(',')
    .filter((part) => part !== '')
    .map((part) => selectOne(dag, part));
  const [first = new Set<string>(), ...rest] = sets;
  return new Set([...first].filter((name) => rest.every((set) => set.has(name))));
}

const WORD = /^(?<up>\d*\+)?(?<what>[^+]+)(?<down>\+\d*)?$/;

function selectOne(dag: Dag, word: string): Set<string> {
  const { up, what, down } = WORD.exec(word)?.groups ?? {};
  if (!what) {
    throw new UsageError('SELECTOR', `'${word}' is no selector.`, {
      hint: 'Write name, +name, name+, 1+name+1, package:, tag:, path: or kind:.',
    });
  }
  const chosen = matching(dag, what);
  const reached = [...chosen].flatMap((name) => [
    ...(up ? dag.reach(name, 'up', depth(up)) : []),
    ...(down ? dag.reach(name, 'down', depth(down)) : []),
  ]);
  return new Set([...chosen, ...reached]);
}

function depth(plus: string): number {
  const digits = plus.replace('+', '');
  return digits === '' ? Number.POSITIVE_INFINITY : Number(digits);
}

type Matcher = (node: ProjectNode, value: string) => boolean;

const METHODS: Record<string, Matcher> = {
  package: (node, value) =>
    glob(value).test(node.package) || glob(value).test(node.package.replace(/^@[^/]+\//, '')),
  tag: (node, value) => node.declaration.tags.some((tag) => glob(value).test(tag)),
  path: (node, value) => {
    const folder = value.replace(/^\.\//, '').replace(/\/$/, '');
    return node.path === folder || node.path.startsWith(`${folder}/`) || glob(folder).test(node.path);
  },
  kind: (node, value) => node.kind === value.replace('-', '_'),
};

const KINDS = ['source', 'seed', 'model', 'snapshot', 'analysis', 'data_test', 'unit_test', 'exposure'];

function matching(dag: Dag, what: string): Set<string> {
  const colon = what.indexOf(':');
  const method = colon < 0 ? undefined : what.slice(0, colon);
  const value = what.slice(colon + 1);
  const matcher =
    method === undefined
      ? (node: ProjectNode) => glob(value).test(node.name)
      : Object.hasOwn(METHODS, method)
        ? METHODS[method]
        : undefined;
  if (!matcher) {
    throw new UsageError('SELECTOR', `'${method}:' is no way to select.`, {
      hint: `There are: ${Object.keys(METHODS)
        .map((name) => `${name}:`)
        .join(', ')}.`,
    });
  }
  const found = [...dag.project.nodes.values()]
    .filter((node) => matcher(node, value))
    .map((node) => node.name);
  if (found.length === 0) throw nothingFound(dag, what, method, value);
  return new Set(found);
}

function nothingFound(dag: Dag, what: string, method: string | undefined, value: string): UsageError {
  const nodes = [...dag.project.nodes.values()];
  const candidates: Record<string, readonly string[]> = {
    name: nodes.map((node) => node.name),
    package: nodes.map((node) => node.package.replace(/^@[^/]+\//, '')),
    tag: nodes.flatMap((node) => node.declaration.tags),
    path: nodes.map((node) => node.path),
    kind: KINDS,
  };
  const near = nearest(value, candidates[method ?? 'name'] ?? []);
  return new UsageError('SELECTOR', `Nothing is selected by '${what}'.`, {
    hint:
      near.length > 0
        ? `Did you mean ${near.map((name) => `'${name}'`).join(' or ')}?`
        : 'matinee ls lists all nodes.',
  });
}

function glob(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`);
}

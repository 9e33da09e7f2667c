/**
 * Keeps a package's `dist/` in step with its `src/`: every `.ts` file becomes a `.js` file with the types blanked
 * out (line and column numbers stay the same, so errors point into the source), every other file is copied.
 * A file is rewritten only when its time stamp differs, and always by rename, so processes may do this side by side.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** @param {string[]} packageDirs absolute folders, each with a `src` folder */
export async function stripTypes(packageDirs) {
  const stale = (await Promise.all(packageDirs.map(staleFiles))).flat();
  const sources = stale.filter((file) => file.from.endsWith('.ts'));
  const strip = sources.length > 0 ? await loadStripper() : undefined;
  await Promise.all(stale.map((file) => update(file, strip)));
}

/** Keeps one `.js` or `.mjs` file in step with the `.ts` file it comes from. */
export async function stripFile(from, to) {
  const [source, target] = await Promise.all([stat(from), stat(to).catch(() => undefined)]);
  if (target && Math.abs(target.mtimeMs - source.mtimeMs) <= 1) return;
  await update({ from, to }, await loadStripper());
}

/** Takes some tenths of a second, so it is loaded only when something is stale. */
async function loadStripper() {
  const [{ default: blankSpace }, { default: typescript }] = await Promise.all([
    import('ts-blank-space'),
    import('typescript'),
  ]);
  return (file, text) => {
    refuseBroken(typescript, file, text);
    return blankSpace(text, (node) => refuse(file, text, node));
  };
}

/** What runs in browsers is bundled from its sources, and never by Node. */
const BUNDLED = /^(browser|pages)\//;

async function staleFiles(packageDir) {
  const src = join(packageDir, 'src');
  const dist = join(packageDir, 'dist');
  const [from, to] = [listFiles(src), listFiles(dist)];
  const wanted = new Map();
  for (const [name, mtimeMs] of from) {
    if (!name.endsWith('.test.ts') && !BUNDLED.test(name))
      wanted.set(name.replace(/\.ts$/, '.js'), { name, mtimeMs });
  }
  for (const name of to.keys()) {
    if (!wanted.has(name) && !name.includes('.tmp-')) await rm(join(dist, name), { force: true });
  }
  return [...wanted]
    .filter(([target, { mtimeMs }]) => Math.abs((to.get(target) ?? -10) - mtimeMs) > 1)
    .map(([target, { name }]) => ({ from: join(src, name), to: join(dist, target) }));
}

/** Time stamps by path. Every command waits for this, and hundreds of calls are quicker one by one than side by side. */
function listFiles(folder, prefix = '', found = new Map()) {
  if (!existsSync(folder)) return found;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const [path, name] = [`${folder}/${entry.name}`, `${prefix}${entry.name}`];
    if (entry.isDirectory()) listFiles(path, `${name}/`, found);
    else if (entry.isFile()) {
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats) found.set(name, stats.mtimeMs);
    }
  }
  return found;
}

/** Time stamps are coarse: a file this young may be written again without a new one. */
const SETTLED_MS = 20;

async function update({ from, to }, strip) {
  const { mtime, mtimeMs } = await stat(from);
  const temporary = `${to}.tmp-${process.pid}`;
  await mkdir(dirname(to), { recursive: true });
  if (from.endsWith('.ts')) {
    const text = await readFile(from, 'utf8');
    await writeFile(temporary, strip(from, text));
  } else {
    await copyFile(from, temporary);
  }
  // What may have been read half written gets a time stamp that does not fit, and is made again next time.
  const stamp = Date.now() - mtimeMs < SETTLED_MS ? new Date(0) : mtime;
  await utimes(temporary, stamp, stamp);
  await rename(temporary, to);
}

/** What is no TypeScript would only fail when it is imported, and then without its line. */
function refuseBroken(typescript, file, text) {
  const { diagnostics = [] } = typescript.transpileModule(text, { fileName: file, reportDiagnostics: true });
  const [first] = diagnostics.filter(({ category }) => category === typescript.DiagnosticCategory.Error);
  if (!first) return;
  const line = text.slice(0, first.start ?? 0).split('\n').length;
  throw new Error(`${file}:${line}: ${typescript.flattenDiagnosticMessageText(first.messageText, ' ')}`);
}

function refuse(file, text, node) {
  // A node begins with the white space before it.
  const start = node.pos + (/^\s*/.exec(text.slice(node.pos))?.[0].length ?? 0);
  const line = text.slice(0, start).split('\n').length;
  throw new Error(
    `${file}:${line}: TypeScript syntax that cannot be erased (enum, namespace, parameter property)`,
  );
}

/** A workspace of its own in a temporary folder, with the engine linked into it. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { root as repository } from '../run.mjs';
import { customersCsv, ordersFiles } from './inputs.mjs';
import { DOMAINS, fixedFiles, SCOPE, variantFiles } from './project-files.mjs';

/** What belongs to a warehouse: its file, and what was committed but not yet written into it. */
const SUFFIXES = ['', '.wal'];

export class Workspace {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'matinee-fault-')));
  /** The warehouse whose builds are killed. */
  database = join(this.root, 'target/stall.duckdb');
  /** The warehouse that is built from nothing after every change. */
  clean = join(this.root, 'clean/stall.duckdb');
  /** Temporary files of the builds go here. */
  temporary = join(this.root, 'tmp');

  constructor() {
    for (const [file, text] of Object.entries(fixedFiles())) this.#write(file, text);
    for (const name of ['core', 'ingest']) this.#link(`@matinee/${name}`, join(repository, 'packages', name));
    for (const name of DOMAINS) this.#link(`${SCOPE}/${name}`, join(this.root, 'packages', name));
    mkdirSync(this.temporary);
  }

  /** Brings the files in step with the inputs. What is the same keeps its time stamp, as in a person's workspace. */
  write(inputs) {
    const data = { 'customers.csv': customersCsv(inputs), ...ordersFiles(inputs) };
    const files = {
      ...Object.fromEntries(Object.entries(data).map(([name, text]) => [`data/${name}`, text])),
      ...variantFiles(inputs),
    };
    this.#removeOthers('data', files);
    for (const [file, text] of Object.entries(files)) this.#write(file, text);
  }

  /** Where a copy of that name is. */
  keptFile(name) {
    return join(this.root, 'kept', name, 'stall.duckdb');
  }

  /** @param {string} name a file of its own in the workspace @returns where the copy is */
  keepCopy(database, name) {
    const copy = this.keptFile(name);
    deleteDatabase(copy);
    mkdirSync(dirname(copy), { recursive: true });
    for (const suffix of SUFFIXES.filter((end) => existsSync(database + end)))
      cpSync(database + suffix, copy + suffix);
    return copy;
  }

  /** Keeps what the copies hold now for people to look at. */
  keepEvidence(name) {
    const folder = join(this.root, name);
    cpSync(join(this.root, 'kept'), folder, { recursive: true });
    cpSync(dirname(this.clean), join(folder, 'clean'), { recursive: true });
    return folder;
  }

  /** Files that killed builds have left behind for good: temporary ones, and such as no build takes away. */
  litter() {
    const isTemporary = (path) => path.startsWith('tmp') || path.includes('.tmp-');
    return ['tmp', 'packages', 'target', '.matinee']
      .filter((folder) => existsSync(join(this.root, folder)))
      .flatMap((folder) => readdirSync(join(this.root, folder), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.root, join(entry.parentPath ?? entry.path, entry.name)))
      .filter(isTemporary);
  }

  remove() {
    rmSync(this.root, { recursive: true, force: true });
  }

  #write(file, text) {
    const path = join(this.root, file);
    if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Takes away what no longer belongs into a folder. */
  #removeOthers(folder, files) {
    const path = join(this.root, folder);
    if (!existsSync(path)) return;
    for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath ?? entry.path, entry.name);
      const name = relative(this.root, file).replaceAll('\\', '/');
      if (entry.isFile() && !(name in files)) rmSync(file);
    }
  }

  #link(name, target) {
    const path = join(this.root, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path, 'junction');
  }
}

export function deleteDatabase(database) {
  for (const suffix of [...SUFFIXES, '.holder.json']) rmSync(database + suffix, { force: true });
}

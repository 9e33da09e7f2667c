import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors.js';

const RECORD = '.matinee-export.json';

/** A folder that files are exported to. It remembers which files are exports, and these alone are replaced. */
export class ExportFolder {
  readonly path: string;
  readonly #own: Set<string>;

  constructor(path: string) {
    this.path = path;
    this.#own = new Set(readRecord(join(path, RECORD)));
  }

  /** The path of a file that may be written. @throws UsageError EXPORT_EXISTS for a file that is no export. */
  claim(file: string): string {
    const path = join(this.path, file);
    if (existsSync(path) && !this.#own.has(file)) {
      throw new UsageError('EXPORT_EXISTS', 'The file was there before, and is no export of Matinee.', {
        location: { file: path },
        hint: 'Move it away, or export to another folder.',
      });
    }
    return path;
  }

  /** Remembers that a file is an export. */
  record(file: string): void {
    // Another process may have exported to it meanwhile.
    for (const known of readRecord(join(this.path, RECORD))) this.#own.add(known);
    if (this.#own.has(file)) return;
    this.#own.add(file);
    mkdirSync(this.path, { recursive: true });
    const temporary = join(this.path, `${RECORD}.tmp-${process.pid}`);
    writeFileSync(temporary, `${JSON.stringify({ files: [...this.#own].sort() }, null, 2)}\n`);
    renameSync(temporary, join(this.path, RECORD));
  }
}

function readRecord(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  try {
    const { files } = JSON.parse(readFileSync(path, 'utf8')) as { readonly files?: readonly string[] };
    return Array.isArray(files) ? files : [];
  } catch {
    // A record that cannot be read vouches for nothing.
    return [];
  }
}

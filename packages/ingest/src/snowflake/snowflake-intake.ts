import { performance } from 'node:perf_hooks';
import { type DeliveredFile, InterruptedError, type LoadRequest } from '@matinee/core';
import type { Intake } from '../load/intake.js';
import type { FileLoad } from '../load/load-files.js';
import { LoadMeter } from '../load/progress.js';
import type { RawTable } from '../load/raw-table.js';
import { readingOf } from '../reading/reading.js';
import { linesMiscounted } from './copy-errors.js';
import { copyFiles } from './copy-files.js';
import { countOpenLines, joinRecords } from './joined-records.js';
import { StagedTables } from './lines-table.js';
import {
  countRecords,
  countRejects,
  insertRecords,
  rejectConflicting,
  rejectRecords,
} from './load-statements.js';
import type { StagedFiles } from './staged-files.js';

/** What puts files where COPY finds them. */
export interface Stager {
  /**
   * @param onStaged called with each file that had to be brought. @throws LoadError, LOAD_FILE_CHANGED among them.
   */
  stage(files: readonly DeliveredFile[], onStaged: (file: DeliveredFile) => void): Promise<StagedFiles>;
  /** Makes sure that nothing has changed since. @throws LoadError LOAD_FILE_CHANGED. */
  requireUnchanged(files: readonly DeliveredFile[]): Promise<void>;
  /** Takes away what it has made. */
  close(): Promise<void>;
}

/** The shares of a file's time after which it is uploaded and its lines are in Snowflake. */
const STAGED = 0.5;
const COPIED = 0.75;

/**
 * Has Snowflake read files where they lie. COPY brings their lines as they are, for it would take quotes, escapes and missing
 * values in ways of its own; statements then cut them into fields and judge each as the scanner does.
 */
export class SnowflakeIntake implements Intake {
  readonly #request: LoadRequest;
  readonly #stager: Stager;
  readonly #meter: LoadMeter;
  readonly #tables: StagedTables;

  /** @param schema quoted: where temporary tables are made */
  constructor(request: LoadRequest, stager: Stager, schema: string) {
    this.#request = request;
    this.#stager = stager;
    this.#meter = new LoadMeter(request.targets, request.onProgress);
    this.#tables = new StagedTables(schema);
  }

  async load(table: RawTable, files: readonly DeliveredFile[]): Promise<readonly FileLoad[]> {
    if (files.length === 0) return [];
    const { session, signal } = this.#request;
    const started = performance.now();
    const report = (share: number) => {
      if (signal?.aborted) throw new InterruptedError();
      for (const file of files) this.#meter.reach(file, share);
    };
    report(0);
    const staged = await this.#stager.stage(files, (file) => this.#meter.reach(file, STAGED));
    await copyFiles(session, staged, this.#tables, files).finally(() =>
      // Whatever went wrong: if a file was replaced meanwhile, that is why.
      this.#stager.requireUnchanged(files),
    );
    report(COPIED);
    const loads: FileLoad[] = [];
    for (const { name: shape } of table.source.shapes) {
      const own = files.filter((file) => file.shape === shape);
      if (own.length > 0) loads.push(...(await this.#loadShape(table, shape, own, started)));
    }
    report(1);
    return files.map((file) => loads.find((load) => load.file === file)!);
  }

  /** The lines are still there, so each row is found with its own. */
  async rejectConflicts(
    table: RawTable,
    loads: readonly FileLoad[],
    conflicts: string,
    expected: ReadonlyMap<string, number>,
  ): Promise<void> {
    const { session } = this.#request;
    for (const shape of new Set(loads.map(({ file }) => file.shape))) {
      const own = loads.filter(({ file }) => file.shape === shape && expected.has(file.path));
      if (own.length === 0) continue;
      const rows = own.reduce((sum, { file }) => sum + expected.get(file.path)!, 0);
      const reading = own[0]!.reading;
      const kept = await session.execute(
        rejectConflicting(this.#tables, table, { shape, reading }, conflicts, this.#request),
      );
      if (kept !== rows)
        throw linesMiscounted(
          own[0]!.file.path,
          `${rows} rows have conflicting keys, but ${kept} were found.`,
        );
    }
  }

  /** Takes away what helped. A failure is nothing worse: the session takes it along. */
  async close(): Promise<void> {
    for (const name of this.#tables.all)
      await this.#request.session.execute(`drop table if exists ${name}`).catch(() => undefined);
    await this.#stager.close();
  }

  async #loadShape(
    table: RawTable,
    shape: string,
    files: readonly DeliveredFile[],
    started: number,
  ): Promise<readonly FileLoad[]> {
    const { session, loadId } = this.#request;
    const reading = readingOf(table.source, table.source.shapes.find(({ name }) => name === shape)!);
    const shapeReading = { shape, reading };
    const [open] = await session.query(countOpenLines(this.#tables, shapeReading));
    if (Number(open?.n) > 0)
      for (const statement of joinRecords(this.#tables, shapeReading)) await session.execute(statement);
    const records = await this.#counts(countRecords(this.#tables, shapeReading));
    const total = [...records.values()].reduce((sum, n) => sum + n, 0);
    const inserted = await session.execute(insertRecords(this.#tables, table, shapeReading, loadId));
    const isAll = inserted === total;
    const rejected = isAll
      ? 0
      : await session.execute(rejectRecords(this.#tables, table, shapeReading, this.#request));
    if (inserted + rejected !== total)
      throw linesMiscounted(
        files[0]!.path,
        `Of ${total} rows ${inserted} fit and ${rejected} were rejected.`,
      );
    const faults = isAll ? new Map<string, number>() : await this.#counts(countRejects(table, this.#request));
    const seconds = (performance.now() - started) / 1000;
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return files.map((file) => {
      const rejectedRows = faults.get(file.path) ?? 0;
      const rows = (records.get(file.path) ?? 0) - rejectedRows;
      // All files come together: each is given its share of the time.
      const share = bytes === 0 ? 1 / files.length : file.bytes / bytes;
      return {
        file,
        reading,
        outcome: { rows, rejectedRows, keysAscend: false },
        seconds: seconds * share,
      };
    });
  }

  async #counts(sql: string): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#request.session.query(sql);
    return new Map(rows.map(({ path, n }) => [String(path), Number(n)]));
  }
}

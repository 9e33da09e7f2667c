import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type DeliveredFile, InterruptedError, LoadError } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { createLoader } from '../src/index.js';
import { Staging } from '../src/load/staging.js';
import type { BringOptions, Place } from '../src/places/place.js';
import { errorOf, folderOf } from './support/lab.js';
import { movies } from './support/sources.js';

const MEGABYTE = 2 ** 20;

function fileOf(path: string, bytes = 1): DeliveredFile {
  return { source: 's', path, shape: 'x', bytes, modifiedAt: '', version: '', contentVersion: '' };
}

/** A place elsewhere: a file comes when the test lets it. */
class Elsewhere implements Partial<Place> {
  readonly begun: string[] = [];
  readonly #waiting = new Map<string, (error?: Error) => void>();

  async bringLocal({ path }: DeliveredFile, folder: string, { signal }: BringOptions): Promise<string> {
    this.begun.push(path);
    await new Promise<void>((resolve, reject) => {
      this.#waiting.set(path, (error) => (error ? reject(error) : resolve()));
      signal?.addEventListener('abort', () => reject(new InterruptedError()));
    });
    writeFileSync(join(folder, 'object'), path);
    return join(folder, 'object');
  }

  locate(path: string): string {
    return `elsewhere/${path}`;
  }

  async begins(path: string): Promise<void> {
    while (!this.#waiting.has(path)) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  async comes(path: string, error?: Error): Promise<void> {
    await this.begins(path);
    this.#waiting.get(path)?.(error);
    this.#waiting.delete(path);
  }
}

function stage(files: readonly DeliveredFile[], signal?: AbortSignal) {
  const elsewhere = new Elsewhere();
  const temporaryFolder = folderOf();
  const place = elsewhere as unknown as Place;
  const staging = new Staging(place, files, { temporaryFolder, signal });
  const use = (index: number, work: (content: string) => unknown = (content) => content) =>
    staging.use([files[index]!], async ([staged]) => work(readFileSync(staged!.path, 'utf8')));
  const useAgain = (index: number) =>
    staging.useAgain(files[index]!, async (staged) => readFileSync(staged.path, 'utf8'));
  return { elsewhere, temporaryFolder, staging, use, useAgain };
}

describe('files that lie elsewhere', () => {
  const large = ['a', 'b', 'c', 'd'].map((path) => fileOf(path, 100 * MEGABYTE));

  it('that found no room ahead come once more in their turn, when those before them are gone', async () => {
    const { elsewhere, temporaryFolder, staging, use } = stage(large);
    const full = new LoadError('LOAD_TEMPORARY_FOLDER', 'b takes more than there is room for.');
    const first = use(0, () => elsewhere.comes('b', full));
    await elsewhere.comes('a');
    await first;
    const second = use(1);
    await elsewhere.begins('b');
    expect(readdirSync(temporaryFolder).length).toBe(1);
    await elsewhere.comes('b');
    expect(await second).toBe('b');
    expect(elsewhere.begun.slice(0, 3)).toEqual(['a', 'b', 'b']);
    await staging.close();
  });

  it('that find no room in their turn either are an error', async () => {
    const { elsewhere, staging, use } = stage(large);
    const full = new LoadError('LOAD_TEMPORARY_FOLDER', 'a takes more than there is room for.');
    const first = errorOf(use(0));
    await elsewhere.comes('a', full);
    expect(await first).toBe(full);
    await staging.close();
  });

  it('come one ahead while one is in use, which is gone when the next is', async () => {
    const { elsewhere, temporaryFolder, staging, use } = stage(large);
    expect(elsewhere.begun).toEqual([]);
    const first = use(0, async (content) => {
      await elsewhere.comes('b');
      expect(elsewhere.begun).toEqual(['a', 'b']);
      return content;
    });
    await elsewhere.comes('a');
    expect(await first).toBe('a');
    expect(readdirSync(temporaryFolder).length).toBe(2);
    const second = use(1, async (content) => {
      await elsewhere.comes('c');
      expect(readdirSync(temporaryFolder).length).toBe(2);
      return content;
    });
    expect(await second).toBe('b');
    await staging.close();
    expect(readdirSync(temporaryFolder)).toEqual([]);
  });

  it('come several ahead if they are small', async () => {
    const files = Array.from({ length: 20 }, (_, index) => fileOf(`${index}`, 10 * MEGABYTE));
    const { elsewhere, staging, use } = stage(files);
    const first = use(0, async () => {
      for (let index = 1; index <= 7; index++) await elsewhere.comes(`${index}`);
      expect(elsewhere.begun.sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
    });
    await elsewhere.comes('0');
    await first;
    await staging.close();
  });

  it('come ahead though smaller ones stand before them, but not two large ones', async () => {
    const files = ['a', 'b', 'c', 'd', 'e'].map((path) => fileOf(path, path < 'd' ? 1 : 100 * MEGABYTE));
    const { elsewhere, staging, use } = stage(files);
    const first = use(0, async () => {
      for (const path of ['b', 'c', 'd']) await elsewhere.comes(path);
      expect(elsewhere.begun.sort()).toEqual(['a', 'b', 'c', 'd']);
    });
    await elsewhere.comes('a');
    await first;
    await staging.close();
  });

  it('that fail ahead fail when they are used, not before', async () => {
    const { elsewhere, staging, use } = stage(large);
    const first = use(0, () => elsewhere.comes('b', new LoadError('LOAD_S3_DENIED', 'No.')));
    await elsewhere.comes('a');
    await first;
    expect(await errorOf(use(1))).toMatchObject({ code: 'LOAD_S3_DENIED' });
    await staging.close();
  });

  it('are dropped when a later one is asked for', async () => {
    const { elsewhere, temporaryFolder, staging, use } = stage(large);
    const first = use(0, () => elsewhere.begins('b'));
    await elsewhere.comes('a');
    await first;
    const last = use(3);
    await elsewhere.comes('d');
    expect(await last).toBe('d');
    expect(readdirSync(temporaryFolder).length).toBe(1);
    expect(elsewhere.begun).toEqual(['a', 'b', 'd']);
    await staging.close();
  });

  it('are brought once more only if others were used since, and never more than two large ones', async () => {
    const { elsewhere, temporaryFolder, staging, use, useAgain } = stage(large);
    const first = use(0, () => elsewhere.comes('b'));
    await elsewhere.comes('a');
    await first;
    expect(await useAgain(0)).toBe('a');
    expect(elsewhere.begun).toEqual(['a', 'b']);
    await use(1, () => elsewhere.comes('c'));
    const again = useAgain(0);
    await elsewhere.comes('a');
    expect(await again).toBe('a');
    expect(elsewhere.begun).toEqual(['a', 'b', 'c', 'a']);
    // The next.
    expect(readdirSync(temporaryFolder).length).toBe(1);
    await staging.close();
    expect(readdirSync(temporaryFolder)).toEqual([]);
  });

  it('are stopped and removed at the end, and by an interruption', async () => {
    const abort = new AbortController();
    const { elsewhere, temporaryFolder, staging, use } = stage(large, abort.signal);
    const first = use(0);
    await elsewhere.comes('a');
    await first;
    const second = errorOf(use(1));
    abort.abort();
    expect(await second).toMatchObject({ code: 'RUN_INTERRUPTED' });
    await staging.close();
    expect(readdirSync(temporaryFolder)).toEqual([]);
  });
});

describe('what killed processes have left', () => {
  it('is removed by the next survey, and what others are using stays', async () => {
    const temporaryFolder = folderOf();
    const { pid } = spawnSync(process.execPath, ['--version']);
    const folder = (id: number, host = hostname()) =>
      join(temporaryFolder, `matinee-load-${host}-${id}-Ab3dEf`);
    const dead = folder(pid);
    const others = [folder(process.pid), folder(pid, 'another-host'), join(temporaryFolder, 'mine')];
    for (const path of [dead, ...others]) {
      mkdirSync(path);
      writeFileSync(join(path, 'object'), 'x');
    }
    const delivery = folderOf({ 'movies.csv': 'movieId,title,genres\n' });
    await createLoader(delivery, { temporaryFolder }).survey([movies]);
    expect(existsSync(dead)).toBe(false);
    expect(others.map((path) => existsSync(path))).toEqual([true, true, true]);
  });
});

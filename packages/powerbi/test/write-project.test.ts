import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { generatePowerBi, writeProject } from '../src/index.js';
import { librarian, snowflake } from './support/library.js';

const project = generatePowerBi(librarian(), snowflake);
const changed = generatePowerBi(librarian({ description: 'Changed.' }), snowflake);
const LOAN = 'Library of all.SemanticModel/definition/tables/Loan.tmdl';
const RECORD = '.Library of all.pbip.matinee.json';
const PAGES = 'Library of all.Report/definition/pages';

const root = mkdtempSync(join(tmpdir(), 'matinee-powerbi-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folder = '';
let count = 0;
beforeEach(() => {
  count += 1;
  folder = join(root, `project-${count}`);
});

const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const pageOrder = () =>
  JSON.parse(read(`${PAGES}/pages.json`)) as { pageOrder: string[]; activePageName: string };

describe('writing a project', () => {
  it('writes every file, and nothing when there is nothing new', () => {
    const first = writeProject(folder, project);
    expect([...first.written].sort()).toEqual([...project.files.keys()].sort());
    for (const [path, content] of project.files) expect(read(path)).toBe(content);
    const times = [...project.files.keys()].map((path) => statSync(join(folder, path)).mtimeMs);
    const second = writeProject(folder, project);
    expect([second.written, second.removed, second.kept]).toEqual([[], [], []]);
    expect([...project.files.keys()].map((path) => statSync(join(folder, path)).mtimeMs)).toEqual(times);
  });

  it('tells where it may not write, or cannot', () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'Library of all.Report'), '');
    expect(() => writeProject(folder, project)).toThrow(
      expect.objectContaining({ code: 'OUT_PLACE', exitCode: 2, location: { file: folder } }),
    );
  });

  it('writes what has changed and nothing else', () => {
    writeProject(folder, project);
    expect(writeProject(folder, changed).written).toEqual([LOAN]);
    expect(read(LOAN)).toContain('/// Changed.\ntable Loan');
  });

  it('stops at a file that was changed by hand, before anything is written', () => {
    writeProject(folder, project);
    write(LOAN, `${read(LOAN)}\n\t// mine`);
    expect(() => writeProject(folder, changed)).toThrow(
      `A file is not as Matinee wrote the project:\n  ${LOAN}`,
    );
    expect(read(LOAN)).toContain('// mine');
    expect(writeProject(folder, changed, { force: true }).written).toEqual([LOAN]);
    expect(read(LOAN)).not.toContain('// mine');
  });

  it('does not take other line ends for a change', () => {
    writeProject(folder, project);
    write(LOAN, read(LOAN).replaceAll('\n', '\r\n'));
    expect(writeProject(folder, project).written).toEqual([]);
    expect(writeProject(folder, changed).written).toEqual([LOAN]);
  });

  it('stops at files that were there before, and leaves others of the folder alone', () => {
    write('notes.txt', 'mine');
    write('Library of all.pbip', '{}');
    expect(() => writeProject(folder, project)).toThrow('Library of all.pbip');
    expect(existsSync(join(folder, LOAN))).toBe(false);
    rmSync(join(folder, 'Library of all.pbip'));
    writeProject(folder, project);
    expect(read('notes.txt')).toBe('mine');
  });

  it('keeps pages and tables that people added, their order of pages included', () => {
    writeProject(folder, project);
    const [first, second] = pageOrder().pageOrder;
    write('Library of all.Report/.pbi/localSettings.json', '{}');
    write(`${PAGES}/mine/page.json`, '{}');
    write('Library of all.SemanticModel/definition/tables/Mine.tmdl', 'table Mine\n');
    write(
      `${PAGES}/pages.json`,
      JSON.stringify({ ...pageOrder(), pageOrder: [second, 'mine', first, 'gone'], activePageName: 'mine' }),
    );
    const { kept, written } = writeProject(folder, changed);
    expect([...written].sort()).toEqual([`${PAGES}/pages.json`, LOAN]);
    expect(kept).toEqual([
      `${PAGES}/mine/page.json`,
      'Library of all.SemanticModel/definition/tables/Mine.tmdl',
    ]);
    expect(pageOrder()).toMatchObject({ pageOrder: [second, 'mine', first], activePageName: 'mine' });
    expect(writeProject(folder, changed).written).toEqual([]);
  });

  it('removes what it wrote and the declaration no longer has, but not what was changed since', () => {
    writeProject(folder, project);
    const star = librarian();
    const [first] = star.pages;
    const { forms: _, to_second: __, ...visuals } = first?.visuals ?? {};
    const smaller = Object.assign(Object.create(Object.getPrototypeOf(star)), star, {
      pages: [{ ...first, visuals }],
    });
    const less = generatePowerBi(smaller, snowflake);
    const copy = `${folder}-copy`;
    cpSync(folder, copy, { recursive: true });
    expect(writeProject(folder, less).removed).toHaveLength(5);
    expect(pageOrder().pageOrder).toHaveLength(1);
    expect(writeProject(folder, less)).toMatchObject({ written: [], removed: [], kept: [] });
    folder = copy;
    const gone = `${PAGES}/${pageOrder().pageOrder[1]}/page.json`;
    write(gone, '{ "mine": true }');
    expect(() => writeProject(folder, less)).toThrow(gone);
  });

  it('goes on where it was interrupted', () => {
    writeProject(folder, project);
    const record = JSON.parse(read(RECORD)) as object;
    const hashes = JSON.parse(read(RECORD)).files;
    const other = `${folder}-other`;
    writeProject(other, changed);
    const next = JSON.parse(readFileSync(join(other, RECORD), 'utf8')).files;
    // As it is when the process ends after the file and before the record.
    write(LOAN, changed.files.get(LOAN) ?? '');
    write(RECORD, JSON.stringify({ ...record, files: hashes, next }));
    expect(writeProject(folder, project).written).toEqual([LOAN]);
    expect(writeProject(folder, project).written).toEqual([]);
  });

  it('leaves other projects of the folder alone', () => {
    writeProject(folder, project);
    const { removed } = writeProject(folder, generatePowerBi(librarian(), snowflake, 'Other'));
    expect(removed).toEqual([]);
    expect(writeProject(folder, project).written).toEqual([]);
  });

  it('refuses a file in the place of the folder', () => {
    write('x', '');
    expect(() => writeProject(join(folder, 'x'), project)).toThrow(
      'There is a file where the folder should be.',
    );
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { integer, type Project, type RunEvent, source } from '@matinee/core';
import { expect, it, onTestFinished } from 'vitest';
import { sourceFindings } from '../../src/debug/source-findings.js';
import type { Settings } from '../../src/options/settings.js';

it('debug tells what it looks at while it looks for the delivered files', async () => {
  const place = mkdtempSync(join(tmpdir(), 'matinee-debug-'));
  onTestFinished(() => rmSync(place, { recursive: true }));
  writeFileSync(join(place, 'a.csv'), 'n\n1\n');
  const declaration = source({
    name: 'raw_a',
    description: 'Numbers.',
    columns: { n: integer() },
    shapes: [{ name: 'plain', file: 'a.csv', header: ['n'] }],
  });
  const project = { root: place, nodes: new Map([['raw_a', { declaration }]]) } as unknown as Project;
  const settings = { source: place, target: { type: 'duckdb', path: ':memory:' }, s3: {} } as Settings;
  const loading = { warehouse: { openSession: () => expect.unreachable() }, env: {} };
  const events: RunEvent[] = [];
  const found = [];
  for await (const finding of sourceFindings(settings, project, loading, (event) => events.push(event))) {
    found.push(finding.found);
  }
  expect(found).toEqual([place, 'raw_a: a.csv, plain, 4 bytes']);
  expect(events).toEqual(
    [undefined, 0, 1].map((filesDone) => ({
      type: 'survey_progress',
      progress: { place, filesDone: filesDone ?? 0, filesTotal: filesDone === undefined ? undefined : 1 },
    })),
  );
});

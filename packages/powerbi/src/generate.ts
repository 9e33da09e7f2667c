import { UsageError } from '@matinee/core';
import { checkModel } from './check/check-model.js';
import type { PowerBi } from './declare/power-bi.js';
import { buildModel } from './model/build-model.js';
import { buildReport } from './model/build-report.js';
import type { DataSource } from './source/data-source.js';
import { type ProjectFiles, projectFiles } from './write/project-files.js';

/**
 * The files of the Power BI project that a star declares. The same declaration gives the same bytes.
 *
 * @param title the name of the project; by default that of the declaration
 * @throws ProjectError POWERBI_… for what is no model, or ErrorList; UsageError POWERBI_NAME
 */
export function generatePowerBi(star: PowerBi, source: DataSource, title: string = star.title): ProjectFiles {
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u.test(title) || /[ .]$/.test(title)) {
    throw new UsageError('POWERBI_NAME', `'${title}' cannot name files and folders.`, {
      hint: 'Use letters, digits, blanks, dots, hyphens and underscores, 80 at most.',
    });
  }
  const model = buildModel(star, source);
  const report = buildReport(star);
  checkModel(star, model, report);
  return projectFiles({ title, name: star.name }, model, report);
}

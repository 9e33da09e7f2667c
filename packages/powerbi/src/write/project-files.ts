import type { Report } from '../model/report.js';
import type { SemanticModel } from '../model/semantic-model.js';
import { stableId } from '../model/stable-id.js';
import { pbirFiles } from './pbir.js';
import { schema } from './pbir-format.js';
import { tmdlFiles } from './tmdl.js';

/** A Power BI project as files. */
export interface ProjectFiles {
  /** By their path below the project's folder, `/`-separated. */
  readonly files: ReadonlyMap<string, string>;
  /** The file to open. */
  readonly shortcut: string;
  /** The file with the order of pages, to which people add theirs. */
  readonly pageOrder: string;
}

/**
 * All files of a Power BI project.
 *
 * @param title names files and folders
 * @param name what the ids of the two items are made from
 */
export function projectFiles(
  { title, name }: { readonly title: string; readonly name: string },
  model: SemanticModel,
  report: Report,
): ProjectFiles {
  const [modelFolder, reportFolder] = [`${title}.SemanticModel`, `${title}.Report`];
  const shortcut = `${title}.pbip`;
  const files = new Map<string, string>();
  const json = (path: string, content: object) => files.set(path, toJson(content));
  json(shortcut, {
    $schema: schema('pbip/pbipProperties/1.0.0'),
    version: '1.0',
    artifacts: [{ report: { path: reportFolder } }],
    settings: { enableAutoRecovery: true },
  });
  json(`${modelFolder}/.platform`, platform('SemanticModel', title, stableId(name, 'item', 'model')));
  json(`${modelFolder}/definition.pbism`, {
    $schema: schema('item/semanticModel/definitionProperties/1.0.0'),
    version: '4.2',
    settings: {},
  });
  for (const [path, content] of tmdlFiles(model)) files.set(`${modelFolder}/definition/${path}`, content);
  json(`${reportFolder}/.platform`, platform('Report', title, stableId(name, 'item', 'report')));
  json(`${reportFolder}/definition.pbir`, {
    $schema: schema('item/report/definitionProperties/2.0.0'),
    version: '4.0',
    datasetReference: { byPath: { path: `../${modelFolder}` } },
  });
  for (const [path, content] of pbirFiles(report)) json(`${reportFolder}/definition/${path}`, content);
  return { files, shortcut, pageOrder: `${reportFolder}/definition/pages/pages.json` };
}

export function toJson(content: object): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

function platform(type: string, displayName: string, logicalId: string): object {
  return {
    $schema: schema('gitIntegration/platformProperties/2.0.0'),
    metadata: { type, displayName },
    config: { version: '2.0', logicalId },
  };
}

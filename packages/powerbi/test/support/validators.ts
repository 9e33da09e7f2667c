import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DefaultSettings, TaskUtils } from '@microsoft/powerquery-parser';
import { Ajv } from 'ajv';
import type { ProjectFiles } from '../../src/index.js';

const schemas = fileURLToPath(new URL('../schemas', import.meta.url));
const cli = join(
  dirname(fileURLToPath(import.meta.resolve('@microsoft/powerbi-report-authoring-cli'))),
  'cli.js',
);

function loadSchemas(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  for (const file of readdirSync(schemas).filter((name) => name.endsWith('.json'))) {
    const schema = JSON.parse(readFileSync(join(schemas, file), 'utf8')) as { readonly $id: string };
    ajv.addSchema(schema);
    // Embedded ones are referred to by their file name, not by their $id.
    if (schema.$id.endsWith('schema.embedded.json'))
      ajv.addSchema({ ...schema, $id: schema.$id.replace('schema.embedded', 'schema-embedded') });
  }
  return ajv;
}

/** What Microsoft's JSON schemas find wrong with the JSON files of a project, a line each. */
export function schemaErrors({ files }: ProjectFiles): readonly string[] {
  const ajv = loadSchemas();
  return [...files]
    .filter(([path]) => !path.endsWith('.tmdl'))
    .flatMap(([path, text]) => {
      const content = JSON.parse(text) as { readonly $schema: string };
      const validate = ajv.getSchema(content.$schema);
      if (!validate) return [`${path}: no schema ${content.$schema}`];
      validate(content);
      return (validate.errors ?? []).map((error) => `${path}${error.instancePath}: ${error.message}`);
    });
}

/** The verdict of Microsoft's report authoring command on the written files, warnings included. */
export async function authoringVerdict({ files, shortcut }: ProjectFiles): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-powerbi-'));
  try {
    for (const [path, content] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const args = [cli, 'validate', join(folder, shortcut), '--no-schema'];
    const { stdout } = await promisify(execFile)(process.execPath, args).catch(
      (error: { readonly stdout: string }) => error,
    );
    return (JSON.parse(stdout) as { readonly data: unknown }).data;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What Microsoft's parser of Power Query finds wrong with an expression; undefined if nothing. */
export async function powerQueryError(text: string): Promise<string | undefined> {
  const task = await TaskUtils.tryLexParse(DefaultSettings, text);
  return TaskUtils.isParseStageOk(task) ? undefined : String('error' in task ? task.error.message : task);
}

import { relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gatherProject, MatineeError, messageOf, type Project, ProjectError } from '@matinee/core';
import { findImportCycle } from './import-cycle.js';
import { sourceLocation } from './source-location.js';
import type { TypeStripper } from './type-stripper.js';
import type { DomainPackage, Workspace } from './workspace.js';

/** Loads the domain packages of a workspace and gathers their nodes. @throws ProjectError, UsageError. */
export async function loadProject(workspace: Workspace, stripper: TypeStripper): Promise<Project> {
  await stripper.stripTypes(workspace.packages.map(({ folder }) => folder)).catch((error: unknown) => {
    const [, file, line, message] = /^(.+\.ts):(\d+): (.*)$/s.exec(messageOf(error)) ?? [];
    if (!file || !message) throw error;
    throw new ProjectError('TYPESCRIPT', message, { location: { file, line: Number(line) }, cause: error });
  });
  const loaded = [];
  for (const pack of workspace.packages) {
    const { name, domain, owner, folder } = pack;
    const exports = await import(pathToFileURL(pack.entry).href).catch((error: unknown) => {
      throw loadError(error, pack, workspace);
    });
    loaded.push({ package: name, domain, owner, folder, exports });
  }
  return gatherProject(workspace.root, loaded);
}

/** What keeps a package from being loaded, told with the line of the TypeScript file. */
function loadError(error: unknown, { name }: DomainPackage, workspace: Workspace): unknown {
  if (error instanceof MatineeError || !(error instanceof Error)) return error;
  const location = sourceLocation(error);
  if (error instanceof ReferenceError && /before initialization/.test(error.message) && location?.file) {
    const file = relative(workspace.root, location.file).split(sep).join('/');
    const found = findImportCycle(location.file, workspace);
    // Without a circle of files the declaration reads itself.
    const cycle = found.length > 0 ? found : [file, file];
    return new ProjectError('CYCLE', `Nodes read each other in a circle: ${cycle.join(' → ')}.`, {
      location,
      hint: 'Take one of these imports out. References in tests may be circular in files, not in the DAG.',
      cause: error,
    });
  }
  return new ProjectError('PACKAGE_LOAD', `${name} cannot be loaded: ${error.message}`, {
    location,
    hint: location ? undefined : 'Are its dependencies installed? Try pnpm install.',
    cause: error,
  });
}

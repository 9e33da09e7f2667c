import { fileURLToPath } from 'node:url';
import { buildDag, type Dag, gatherProject, type Project } from '../../src/index.js';

/** The workspace's root: locations in test files are paths below it. */
export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url)).replace(/\/$/, '');

type Declarations = readonly unknown[];

/** A project of one package, gathered from declarations that stand in the test itself. */
export function projectOf(...declarations: Declarations): Project {
  return packagesOf({ '@films/models-lab': declarations });
}

/** A project of several packages; a package's domain is the last word of its name. */
export function packagesOf(packages: Readonly<Record<string, Declarations>>): Project {
  return gatherProject(
    ROOT,
    Object.entries(packages).map(([name, declarations]) => ({
      package: name,
      domain: name.split('-').at(-1) ?? name,
      folder: `${ROOT}/no/such/folder/${name}`,
      exports: Object.fromEntries(declarations.map((declaration, index) => [`node${index}`, declaration])),
    })),
  );
}

export function dagOf(...declarations: Declarations): Dag {
  return buildDag(projectOf(...declarations));
}

/** The error that `work` throws; fails the test if it throws none. */
export function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}

/** The number of the line in its file on which this is called. */
export function hereLine(): number {
  const [, line] = /:(\d+):\d+\)?$/.exec(new Error().stack?.split('\n')[2] ?? '') ?? [];
  return Number(line);
}

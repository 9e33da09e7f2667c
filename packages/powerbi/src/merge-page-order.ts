import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pagesJson } from './write/pbir.js';
import { type ProjectFiles, toJson } from './write/project-files.js';

interface PageOrder {
  readonly pageOrder?: readonly string[];
  readonly activePageName?: string;
}

/**
 * The files of a project, with pages that people added or moved left where they put them.
 *
 * @param generated whether Matinee wrote a file, now or before; a page that it wrote before and does not now is gone
 */
export function mergePageOrder(
  folder: string,
  { files, pageOrder }: ProjectFiles,
  generated: (path: string) => boolean,
): ReadonlyMap<string, string> {
  const { pageOrder: ours = [] } = JSON.parse(files.get(pageOrder) ?? '{}') as PageOrder;
  const found = readOrder(join(folder, pageOrder));
  const isThere = (id: string) => {
    const page = `${pageOrder.slice(0, pageOrder.lastIndexOf('/'))}/${id}/page.json`;
    return ours.includes(id) || (!generated(page) && existsSync(join(folder, page)));
  };
  const known = (found?.pageOrder ?? []).filter(isThere);
  const order = [...known, ...ours.filter((id) => !known.includes(id))];
  const active = found?.activePageName;
  const merged = pagesJson(order, active !== undefined && order.includes(active) ? active : ours[0]);
  return new Map([...files, [pageOrder, toJson(merged)]]);
}

function readOrder(path: string): PageOrder | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as PageOrder;
  } catch {
    return undefined;
  }
}

interface Addressed {
  readonly path: string;
}

/** The page of an address, the longest that fits, and what of the address follows it. */
export function findPage<P extends Addressed>(
  pages: readonly P[],
  path: string,
): { readonly page: P; readonly rest: string } | undefined {
  const fitting = pages
    .filter((page) => page.path === path || (page.path !== '' && path.startsWith(`${page.path}/`)))
    .sort((a, b) => b.path.length - a.path.length);
  const [page] = fitting;
  return page && { page, rest: page.path === path ? '' : path.slice(page.path.length + 1) };
}

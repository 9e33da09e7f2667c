/** Where the reader is: a page, what of it, and the filters. */
export interface Route {
  /** Without slashes at its ends; '' is the first page. */
  readonly path: string;
  readonly filters: Readonly<Record<string, string>>;
}

/** Reads `#/path?name=value&…`. What cannot be read is left out. */
export function parseHash(hash: string): Route {
  const [path = '', query = ''] = splitOnce(hash.replace(/^#/, ''), '?');
  // Not by assignment: an address may say __proto__ as well as anything else.
  const filters: Record<string, string> = Object.fromEntries(new URLSearchParams(query));
  return { path: decode(path).replace(/^\/+|\/+$/g, ''), filters };
}

/** Writes what {@link parseHash} reads. Equal routes give equal texts. */
export function formatHash({ path, filters }: Route): string {
  const query = new URLSearchParams(
    Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  ).toString();
  const place = path.split('/').map(encodeURIComponent).join('/');
  return `#/${place}${query === '' ? '' : `?${query}`}`;
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

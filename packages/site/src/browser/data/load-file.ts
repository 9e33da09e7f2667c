/**
 * Brings a file of the site: from the page itself where it holds everything, else from beside it.
 *
 * @param name relative to the page, such as `data/x.parquet?v=1`
 * @throws Error that says what to do, for people
 */
export async function loadFile(name: string): Promise<ArrayBuffer> {
  const bare = name.replace(/\?.*$/, '');
  const inlined = document.querySelector<HTMLScriptElement>(`script[data-file="${CSS.escape(bare)}"]`);
  if (inlined) return unpack(inlined);
  if (location.protocol === 'file:') {
    throw new Error(
      'Browsers read no data beside a page that is opened from a disk. Look at it with "matinee site serve", or build it with --single-file.',
    );
  }
  const response = await fetch(name);
  if (!response.ok) throw new Error(`${bare} cannot be read: the server answers ${response.status}.`);
  return response.arrayBuffer();
}

/** The same, as JSON. */
export async function loadJson<T>(name: string): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await loadFile(name))) as T;
}

async function unpack(element: HTMLScriptElement): Promise<ArrayBuffer> {
  const bytes = fromBase64(element.textContent ?? '');
  if (element.dataset.encoding !== 'gzip') return bytes.buffer;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

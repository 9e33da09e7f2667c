/**
 * Brings a file of the site: from the page itself where it holds everything, else from beside it.
 *
 * @param name relative to the page, such as `data/x.parquet.gz?v=1`; gzipped ones are unpacked
 * @throws Error that says what to do, for people
 */
export async function loadFile(name: string): Promise<ArrayBuffer> {
  const bare = name.replace(/\?.*$/, '');
  const inlined = document.querySelector<HTMLScriptElement>(`script[data-file="${CSS.escape(bare)}"]`);
  if (inlined) return unpack(fromBase64(inlined.textContent ?? ''));
  if (location.protocol === 'file:') {
    throw new Error(
      'Browsers read no data beside a page that is opened from a disk. Look at it with "matinee site serve", or build it with --single-file.',
    );
  }
  const response = await fetch(name);
  if (!response.ok) throw new Error(`${bare} cannot be read: the server answers ${response.status}.`);
  return unpack(new Uint8Array(await response.arrayBuffer()));
}

/** The same, as JSON. */
export async function loadJson<T>(name: string): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await loadFile(name))) as T;
}

/** Some hosts tell the browser to unpack `.gz` files, some do not: the first bytes say whether it has. */
async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.buffer;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

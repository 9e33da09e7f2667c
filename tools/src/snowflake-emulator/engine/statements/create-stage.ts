import { nowNanos } from '../catalog/catalog.js';
import { csvFormat } from '../copy/format.js';
import { alreadyExists, notEmulated } from '../errors.js';
import type { DuckSession } from '../session.js';
import { shownAddress } from '../state.js';
import { Cursor } from '../syntax/cursor.js';
import type { CreateOptions } from './dispatch.js';
import { endStatement } from './end.js';
import { ifNotExists, type Properties, parseProperties } from './properties.js';
import { type Executed, status } from './statement.js';

const KNOWN = new Set([
  'URL',
  'STORAGE_INTEGRATION',
  'CREDENTIALS',
  'ENCRYPTION',
  'FILE_FORMAT',
  'DIRECTORY',
  'COMMENT',
  'ENDPOINT',
]);

/** CREATE STAGE: with a URL an external one. Credentials and integrations are not looked at. */
export async function createStage(
  cursor: Cursor,
  session: DuckSession,
  { orReplace, words }: CreateOptions,
): Promise<Executed> {
  const { current } = session;
  if (words.size > 0 && !words.has('TEMPORARY') && !words.has('TEMP'))
    throw notEmulated(`CREATE ${[...words].join(' ')} STAGE`, cursor.peek());
  const conditional = ifNotExists(cursor);
  const address = current.address(cursor.qualifiedName());
  const place = cursor.peek();
  const properties = parseProperties(cursor);
  endStatement(cursor);
  for (const name of properties.keys())
    if (!KNOWN.has(name)) throw notEmulated(`${name} of CREATE STAGE`, place);
  const { stages } = current.schemaOf(address);
  return session.ddl([], async () => {
    if (stages.has(address.name) && conditional)
      return status(`${address.name} already exists, statement succeeded.`);
    if (stages.has(address.name) && !orReplace) throw alreadyExists(shownAddress(address));
    const url = properties.get('URL');
    const format = formatOptions(session, properties);
    csvFormat(format, place);
    stages.set(address.name, {
      name: address.name,
      url: url === undefined ? undefined : String(url),
      format,
      created: nowNanos(),
      comment: String(properties.get('COMMENT') ?? ''),
      files: new Map(),
    });
    return status(`Stage area ${address.name} successfully created.`);
  });
}

/** FILE_FORMAT = (…), of a name or options; empty if there is none. */
export function formatOptions(session: DuckSession, properties: Properties): Properties {
  const given = properties.get('FILE_FORMAT');
  if (given === undefined) return new Map();
  if (typeof given === 'string') return session.current.format(new Cursor(given).qualifiedName());
  const options: Properties = given instanceof Map ? given : new Map();
  const named = options.get('FORMAT_NAME');
  return named === undefined ? options : session.current.format(new Cursor(String(named)).qualifiedName());
}

export async function createFileFormat(
  cursor: Cursor,
  session: DuckSession,
  { orReplace }: CreateOptions,
): Promise<Executed> {
  const { current } = session;
  const conditional = ifNotExists(cursor);
  const address = current.address(cursor.qualifiedName());
  const place = cursor.peek();
  const options = new Map(parseProperties(cursor));
  options.delete('COMMENT');
  endStatement(cursor);
  csvFormat(options, place);
  const { formats } = current.schemaOf(address);
  return session.ddl([], async () => {
    if (formats.has(address.name) && conditional)
      return status(`${address.name} already exists, statement succeeded.`);
    if (formats.has(address.name) && !orReplace) throw alreadyExists(shownAddress(address));
    formats.set(address.name, options);
    return status(`File format ${address.name} successfully created.`);
  });
}

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
  const isTemporary = isOfSession('STAGE', words, cursor);
  const conditional = ifNotExists(cursor);
  const address = current.address(cursor.qualifiedName());
  const place = cursor.peek();
  const properties = parseProperties(cursor);
  endStatement(cursor);
  for (const name of properties.keys())
    if (!KNOWN.has(name)) throw notEmulated(`${name} of CREATE STAGE`, place);
  const { stages: shared } = current.schemaOf(address);
  const [stages, key] = isTemporary
    ? [current.temporaryStages, shownAddress(address)]
    : [shared, address.name];
  return session.ddl([], async () => {
    if (stages.has(key) && conditional) return status(`${address.name} already exists, statement succeeded.`);
    if (stages.has(key) && !orReplace) throw alreadyExists(shownAddress(address));
    const url = properties.get('URL');
    const format = formatOptions(session, properties);
    csvFormat(format, place);
    stages.set(key, {
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

/** Whether CREATE makes something that its session alone sees. @throws NotEmulated for other adjectives. */
function isOfSession(kind: string, words: ReadonlySet<string>, cursor: Cursor): boolean {
  const isTemporary = words.has('TEMPORARY') || words.has('TEMP');
  if (words.size > 0 && !isTemporary)
    throw notEmulated(`CREATE ${[...words].join(' ')} ${kind}`, cursor.peek());
  return isTemporary;
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
  { orReplace, words }: CreateOptions,
): Promise<Executed> {
  const { current } = session;
  const isTemporary = isOfSession('FILE FORMAT', words, cursor);
  const conditional = ifNotExists(cursor);
  const address = current.address(cursor.qualifiedName());
  const place = cursor.peek();
  const options = new Map(parseProperties(cursor));
  options.delete('COMMENT');
  endStatement(cursor);
  csvFormat(options, place);
  const { formats: shared } = current.schemaOf(address);
  const [formats, key] = isTemporary
    ? [current.temporaryFormats, shownAddress(address)]
    : [shared, address.name];
  return session.ddl([], async () => {
    if (formats.has(key) && conditional)
      return status(`${address.name} already exists, statement succeeded.`);
    if (formats.has(key) && !orReplace) throw alreadyExists(shownAddress(address));
    formats.set(key, options);
    return status(`File format ${address.name} successfully created.`);
  });
}

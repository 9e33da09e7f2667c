/** `PUT file://… @stage`: the one statement that the driver carries out itself, after the server has told it where to. */

export interface PutCommand {
  /** Of the local files; the last part may have wildcards. */
  readonly source: string;
  /** As it was written: `@~`, `@%table` or `@name`. */
  readonly stage: string;
  /** In the stage, without slashes at its ends. */
  readonly folder: string;
  readonly parallel: number;
  readonly autoCompress: boolean;
  readonly sourceCompression: string;
  readonly overwrite: boolean;
}

const NAME = String.raw`(?:"(?:[^"]|"")+"|[\w$]+)`;
const COMMAND = new RegExp(
  String.raw`^\s*put\s+(?:'file://(?<quoted>[^']+)'|file://(?<plain>\S+))\s+'?(?<stage>@(?:~|(?:${NAME}\.)*%?${NAME}))(?<folder>/[^\s';]*)?'?(?<options>[^;]*);?\s*$`,
  'i',
);
const OPTION = /(\w+)\s*=\s*('[^']*'|\w+)/g;

/** The command of a statement that begins with PUT; undefined if it cannot be read. */
export function parsePut(sql: string): PutCommand | undefined {
  const groups = COMMAND.exec(sql)?.groups;
  if (!groups) return undefined;
  const options = new Map(
    [...(groups.options ?? '').matchAll(OPTION)].map(([, name, value]) => [
      name!.toUpperCase(),
      value!.replaceAll("'", '').toUpperCase(),
    ]),
  );
  return {
    source: groups.quoted ?? groups.plain!,
    stage: groups.stage!,
    folder: (groups.folder ?? '').replace(/^\/+|\/+$/g, ''),
    parallel: Number(options.get('PARALLEL') ?? 4),
    autoCompress: options.get('AUTO_COMPRESS') !== 'FALSE',
    sourceCompression: (options.get('SOURCE_COMPRESSION') ?? 'AUTO_DETECT').toLowerCase(),
    overwrite: options.get('OVERWRITE') === 'TRUE',
  };
}

export const isFileTransfer = (sql: string): boolean => /^\s*(put|get)\b/i.test(sql);

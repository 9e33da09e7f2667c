import { fileURLToPath } from 'node:url';

/** A place in a file of the project. Lines and columns count from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const FRAME = /\(?((?:file:\/\/)?\/[^()]*?|[A-Za-z]:\\[^()]*?):(\d+):(\d+)\)?$/;

/**
 * Where the caller of `callee` stands. Compiled files keep the line and column of their source (types are blanked
 * out, nothing moves), so a path in `dist/` is reported as its `src/` twin.
 */
export function callerLocation(callee: (...args: never[]) => unknown): SourceLocation | undefined {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(holder, callee);
  const stack = holder.stack ?? '';
  Error.stackTraceLimit = limit;
  const match = FRAME.exec(stack.trim().split('\n').at(-1) ?? '');
  if (!match?.[1]) return undefined;
  return { file: sourceFile(match[1]), line: Number(match[2]), column: Number(match[3]) };
}

function sourceFile(path: string): string {
  const file = path.startsWith('file://') ? fileURLToPath(path) : path;
  return file.replace(/([\\/])dist([\\/](?:.*[\\/])?[^\\/]+)\.js$/, '$1src$2.ts');
}

/** `file:line` for people, relative to `root` if the file lies below it. */
export function formatLocation(location: Partial<SourceLocation>, root?: string): string {
  const file = location.file ?? '';
  const shown = root && file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file;
  return location.line === undefined ? shown : `${shown}:${location.line}`;
}

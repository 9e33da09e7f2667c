/** What kept a set from being made; `usage` means that the caller asked for something impossible. */
export type GenerateErrorCode = 'usage' | 'folder-not-ours' | 'cancelled' | 'wrong-count';

/** Says in one sentence what happened, to what, and what to do next. */
export class GenerateError extends Error {
  readonly code: GenerateErrorCode;

  constructor(code: GenerateErrorCode, message: string) {
    super(message);
    this.name = 'GenerateError';
    this.code = code;
  }
}

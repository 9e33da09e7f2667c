import type { SourceLocation } from './sql/location.js';

/** What a {@link MatineeError} is made of. */
export interface ErrorDetails {
  /** Where: a file of the project or of the data, with a line where there is one. */
  readonly location?: Partial<SourceLocation> | undefined;
  /** What to do next, one sentence. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The root of every error that Matinee raises on purpose: a stable code, one sentence on what happened, where, and
 * what to do next. {@link MatineeError.exitCode} is what a command line should exit with.
 */
export class MatineeError extends Error {
  readonly code: string;
  readonly location: Partial<SourceLocation> | undefined;
  readonly hint: string | undefined;
  /** 1: a node, test or load failed. 2: wrong usage or configuration. */
  readonly exitCode: 1 | 2 = 1;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.location = details.location;
    this.hint = details.hint;
  }
}

/** Wrong usage or configuration: options, variables, targets, selectors. */
export class UsageError extends MatineeError {
  override readonly exitCode = 2;
}

/** The project itself is wrong: names, references, cycles, contracts. Found before anything runs. */
export class ProjectError extends MatineeError {
  override readonly exitCode = 2;
}

/** A node's query, contract or materialization failed. */
export class NodeError extends MatineeError {}

/** Files or rows of the delivered data are not what their source declares. */
export class LoadError extends MatineeError {}

/** The warehouse itself refused: locked, full, unreachable. */
export class WarehouseError extends MatineeError {}

/** An error of the engine, with the place in the statement if it knows one. */
export class StatementError extends WarehouseError {
  /** Offset into the statement's text, in UTF-16 units from 0. */
  readonly position: number | undefined;

  constructor(code: string, message: string, position: number | undefined, hint?: string) {
    super(code, message, { hint });
    this.position = position;
  }
}

/** The run was interrupted on request. */
export class InterruptedError extends MatineeError {
  constructor(message = 'The run was interrupted.') {
    super('RUN_INTERRUPTED', message);
  }
}

/** How many of several errors are told in one text. */
const TOLD = 10;

/** Several errors found in one pass, reported together. */
export class ErrorList extends MatineeError {
  override readonly exitCode: 1 | 2;
  readonly errors: readonly MatineeError[];

  constructor(errors: readonly MatineeError[]) {
    const told = errors.slice(0, TOLD).map((error) => `\n- ${error.message.replaceAll('\n', '\n  ')}`);
    const more = errors.length > TOLD ? `\n- and ${errors.length - TOLD} more` : '';
    super('SEVERAL_ERRORS', `${errors.length} errors were found:${told.join('')}${more}`);
    this.errors = errors;
    this.exitCode = errors.some((error) => error.exitCode === 2) ? 2 : 1;
  }
}

/** Throws one error as it is, several as an {@link ErrorList}, none not at all. */
export function throwAll(errors: readonly MatineeError[]): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new ErrorList(errors);
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

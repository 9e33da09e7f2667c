import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

export interface ColorQuestion {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
  /** `--no-color` or `--json` was given. */
  readonly refused: boolean;
}

/** Whether to colour: NO_COLOR and options refuse, FORCE_COLOR demands, else only on a terminal. */
export function wantsColors({ env, isTerminal, refused }: ColorQuestion): boolean {
  if (refused || env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return !['0', 'false', ''].includes(env.FORCE_COLOR);
  return isTerminal && env.TERM !== 'dumb';
}

export function createColors(enabled: boolean): Colors {
  return pc.createColors(enabled);
}

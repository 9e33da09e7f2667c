import { totalmem } from 'node:os';

const MEBIBYTE = 2 ** 20;
const LEAST_MEBIBYTES = 512;

/**
 * The memory limit of a DuckDB that was given none: half of what this process may use, for the rest of the machine and
 * what DuckDB does not count want some too. Never less than 512 MiB.
 *
 * @param total bytes the machine has
 * @param constrained bytes a container or control group allows; 0 if unknown, an absurdly large number if unlimited
 * @returns as DuckDB reads it, such as `4096MiB`
 */
export function defaultMemoryLimit(
  total: number = totalmem(),
  constrained: number = process.constrainedMemory(),
): string {
  const usable = constrained > 0 ? Math.min(total, constrained) : total;
  return `${Math.max(LEAST_MEBIBYTES, Math.floor(usable / 2 / MEBIBYTE))}MiB`;
}

/** How long what is left may hold the process, once its work is done. */
const PATIENCE_MS = 2000;

/**
 * Lets the process end although something still holds it, as soon as all output is out: a database driver goes on trying a
 * network that it was told to give up, for minutes. A process that nothing holds ends by itself, and at once.
 */
export function endSoon(process: Pick<NodeJS.Process, 'exit' | 'stdout' | 'stderr'>): void {
  const end = () => {
    if (process.stdout.writableLength === 0 && process.stderr.writableLength === 0) process.exit();
  };
  setInterval(end, PATIENCE_MS).unref();
}

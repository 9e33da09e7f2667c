/** The command as others may see it: without the values of variables, which may be secret. */
export function publicCommandLine(argv: readonly string[]): string {
  const words = argv.flatMap((word, index) => {
    if (argv[index - 1] === '--vars') return [];
    return [/^--vars(=|$)/.test(word) ? '--vars …' : word];
  });
  return ['matinee', ...words].join(' ');
}

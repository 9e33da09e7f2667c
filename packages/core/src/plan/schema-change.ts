/** How the columns of two contracts differ. */
export interface SchemaChange {
  /** Whether there are new columns and nothing else has changed. */
  readonly onlyAdds: boolean;
  /** `+a int, -b text, c int → text` */
  readonly text: string;
}

/** Compares names and types of columns, as contracts are written down in definitions. Undefined if they are the same. */
export function schemaChange(before: string, after: string): SchemaChange | undefined {
  const [old, now] = [columnsOf(before), columnsOf(after)];
  const added = [...now].filter(([name]) => !old.has(name)).map(([name, type]) => `+${name} ${type}`);
  const removed = [...old].filter(([name]) => !now.has(name)).map(([name, type]) => `-${name} ${type}`);
  const retyped = [...now].flatMap(([name, type]) => {
    const was = old.get(name);
    return was !== undefined && was !== type ? [`${name} ${was} → ${type}`] : [];
  });
  const changes = [...added, ...removed, ...retyped];
  if (changes.length === 0) return undefined;
  return { onlyAdds: changes.length === added.length, text: changes.join(', ') };
}

/** The names of a contract's columns with their types. */
export function columnsOf(contract: string): ReadonlyMap<string, string> {
  const lines = contract.split('\n').filter((line) => !line.startsWith('key ('));
  return new Map(lines.map((line) => line.split(' ').slice(0, 2) as [string, string]));
}

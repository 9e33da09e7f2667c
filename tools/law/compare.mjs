/** Compares tables of two warehouses, row by row; it takes nothing of the engine's word. */

const TOLERANCE = 1e-9;

/** @returns lines that tell the differences, none if there are none */
export async function differences(left, right, tables) {
  const found = [];
  const [ours, theirs] = [await left.openSession(), await right.openSession()];
  try {
    for (const { name, relation, key } of tables) {
      const query = `select * from ${relation} order by ${key.join(', ')}`;
      found.push(...differingRows(name, key, await ours.query(query), await theirs.query(query)));
    }
  } finally {
    await ours.close();
    await theirs.close();
  }
  return found;
}

function differingRows(name, key, ours, theirs) {
  const found = [];
  const idOf = (row) => key.map((column) => String(row[column])).join(' ');
  const byId = new Map(theirs.map((row) => [idOf(row), row]));
  for (const row of ours) {
    const id = idOf(row);
    const other = byId.get(id);
    byId.delete(id);
    if (!other) found.push(`${name} ${id}: not in a full refresh`);
    else if (!isSame(row, other)) found.push(`${name} ${id}: ${text(row)}, in a full refresh ${text(other)}`);
  }
  return [...found, ...[...byId.keys()].map((id) => `${name} ${id}: only in a full refresh`)];
}

function isSame(row, other) {
  return Object.keys(other).every((column) => {
    const [a, b] = [row[column], other[column]];
    if (typeof a !== 'number' || typeof b !== 'number') return String(a) === String(b);
    return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  });
}

const text = (row) => JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));

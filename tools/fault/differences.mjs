/** Rows in which a relation differs between two files, for reports. */
import { comparedColumns, comparedRows, readOnly } from './observe.mjs';

const SAMPLES = 3;

/** @returns {Promise<string[]>} a line for each side; the reason if they cannot be compared */
export async function differences(relation, [database, other], [name, otherName]) {
  try {
    return await readOnly(database, async (read) => {
      await read(`attach '${other}' as other (read_only)`);
      const columns = await comparedColumns(read, relation);
      const [ours, theirs] = [relation, `other.${relation}`].map((place) =>
        comparedRows(relation, columns, place),
      );
      return [
        await tell(read, `only in ${name}`, ours, theirs),
        await tell(read, `only in ${otherName}`, theirs, ours),
      ];
    });
  } catch (error) {
    return [`cannot be compared with ${otherName}: ${error.message.split('\n')[0]}`];
  }
}

async function tell(read, title, from, without) {
  const rows = await read(`(${from}) except all (${without})`);
  return `${title}: ${rows.length} row(s)${rows
    .slice(0, SAMPLES)
    .map((row) => ` ${JSON.stringify(row)}`)
    .join('')}`;
}

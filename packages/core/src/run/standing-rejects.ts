import { exceedsRejectLimit, formatRejectLimit, type RejectLimit } from '../adapters/reject-limit.js';
import { allStages, type Plan } from '../plan/plan.js';

/**
 * A sentence for each source that had more rows rejected of the files whose rows stay than a load would put up with now. They were let
 * through when they were loaded, and nothing is published that is not, so it is no error; but whoever has become stricter is to know.
 */
export function standingRejects(plan: Plan, limit: RejectLimit): readonly string[] {
  const loaded = new Set(
    allStages(plan).flatMap(({ node, action }) => (action === 'load' ? [node.name] : [])),
  );
  return [...plan.loads].flatMap(([source, { files, stay }]) => {
    const standing = loaded.has(source) ? stay : [...files.kept, ...files.gone];
    let [rejected, delivered] = [0, 0];
    for (const file of standing) {
      rejected += file.rejectedRows;
      delivered += file.rows + file.rejectedRows + file.repeatedRows + file.overruledRows;
    }
    if (!exceedsRejectLimit(limit, rejected, delivered)) return [];
    const rows = `${rejected.toLocaleString('en')} of ${delivered.toLocaleString('en')} rows`;
    return [
      `${source}: ${rows} in files loaded before were rejected, ${formatRejectLimit(limit)} allowed now; those files have not changed and are not loaded again. See: matinee rejects ${source}.`,
    ];
  });
}

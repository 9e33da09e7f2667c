/** How far a build had come, by the last event it printed. */
export const PHASES = {
  start: 'before the run started',
  planned: 'before the first node',
  load: 'loading sources',
  build: 'building a node',
  test: 'testing, or publishing right after a test',
  published: 'right after a publication',
  end: 'after the run finished',
};

/** @returns {keyof typeof PHASES} */
export function phaseOf(events) {
  if (events.length === 0) return 'start';
  const last = events.findLast((event) => !isIdle(event));
  switch (last?.type) {
    case 'survey_progress':
      return 'start';
    case 'load_progress':
      return 'load';
    case 'node_started':
      return last.materialized === 'source' ? 'load' : 'build';
    case 'test_finished':
    case 'unit_test_finished':
      return 'test';
    case 'node_finished':
      return 'published';
    case 'run_finished':
      return 'end';
    default:
      return 'planned';
  }
}

/** Whether an event tells of nothing that was done: a store is asked again, a node is reused or stands nowhere of its own. */
function isIdle({ type, result }) {
  if (type === 'store_retry') return true;
  return type === 'node_finished' && (result.action === 'reuse' || result.action === 'inline');
}

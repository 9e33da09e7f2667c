import { useFacts } from '../data/facts.js';
import { counted } from '../format/counted.js';
import { formatAgo, formatTime } from '../format/dates.js';
import { formatNumber } from '../format/numbers.js';
import { Icon } from '../parts/icon.js';

/** How the last build came out, how its tests did, and how fresh the sources are. */
export function BuildStatus() {
  const { lastRun, freshness } = useFacts();
  const stale = freshness.filter(({ status }) => status !== 'pass');
  return (
    <ul class="status-list">
      <li data-state={!lastRun ? 'none' : lastRun.status === 'ok' ? 'good' : 'bad'}>
        <Icon name="clock" />
        <span>
          <strong>
            {lastRun ? `Last run ${formatAgo(lastRun.startedAt, Date.now())}` : 'No run on record'}
          </strong>
          {lastRun && (
            <small>
              {formatTime(lastRun.startedAt)}, {lastRun.command}: {lastRun.status}
              {lastRun.seconds !== null && `, ${formatNumber(lastRun.seconds, 'seconds')}`}
            </small>
          )}
        </span>
      </li>
      <Tests />
      {freshness.length === 0 ? (
        <li data-state="none">
          <Icon name="clock" />
          <span>
            <strong>Freshness is not watched</strong>
            <small>No source says how new its rows must be.</small>
          </span>
        </li>
      ) : (
        <li data-state={stale.length > 0 ? 'warning' : 'good'}>
          <Icon name={stale.length > 0 ? 'alert' : 'check'} />
          <span>
            <strong>
              {stale.length === 0
                ? 'All sources are fresh'
                : stale.length === 1
                  ? '1 source is stale'
                  : `${stale.length} sources are stale`}
            </strong>
            <small>{(stale.length === 0 ? freshness : stale).map(({ source }) => source).join(', ')}</small>
          </span>
        </li>
      )}
    </ul>
  );
}

function Tests() {
  const { passed, warned, failed } = useFacts().tests;
  if (passed + warned + failed === 0)
    return (
      <li data-state="none">
        <Icon name="alert" />
        <span>
          <strong>No test has run</strong>
          <small>What is shown was built without its tests.</small>
        </span>
      </li>
    );
  return (
    <li data-state={failed > 0 ? 'bad' : warned > 0 ? 'warning' : 'good'}>
      <Icon name={failed + warned > 0 ? 'alert' : 'check'} />
      <span>
        <strong>{counted(passed, 'test')} passed</strong>
        <small>
          {formatNumber(warned)} warned, {formatNumber(failed)} failed
        </small>
      </span>
    </li>
  );
}

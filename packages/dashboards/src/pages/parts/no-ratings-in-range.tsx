import { formatDay } from '@matinee/site/browser';
import type { Days } from '../../numbers/days.js';
import { Nothing } from './nothing.js';

/** In the place of charts over a range of days without ratings. */
export function NoRatingsInRange({ all }: { readonly all: Days }) {
  return (
    <Nothing title="No ratings in these days">
      <p>
        There are ratings from {formatDay(all.from)} to {formatDay(all.to)}: choose among these days, or all
        time.
      </p>
    </Nothing>
  );
}

import { PageFrame } from '@matinee/site/browser';
import { Nothing } from './nothing.js';

/** A page of a warehouse that holds no ratings. */
export function NoRatings({ title }: { readonly title: string }) {
  return (
    <PageFrame title={title}>
      <Nothing title="There are no ratings">
        <p>
          The warehouse was built without ratings, or with none since the day that the variable{' '}
          <code>ratings_since</code> names. Build it with all of them:
        </p>
        <code>npx matinee build --vars '{'{"ratings_since":null}'}'</code>
        <p>
          Then write the site again: <code>npx matinee site build</code>
        </p>
      </Nothing>
    </PageFrame>
  );
}

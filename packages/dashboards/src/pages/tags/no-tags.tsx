import { PageFrame } from '@matinee/site/browser';
import { Nothing } from '../parts/nothing.js';
import { Provenance } from '../parts/provenance.js';

/** In the place of the page where no tag is measured, as in small sets of data. */
export function NoTags() {
  return (
    <PageFrame
      title="Tag insights"
      description="Which tags describe movies that people rate often, and rate high."
    >
      <Nothing title="No tag is on enough movies">
        <p>
          A tag is measured when at least <code>min_tag_movies</code> movies have it among their top tags, 50
          unless it is set otherwise; a movie counts with at least <code>min_movie_ratings</code> ratings, 20
          unless set otherwise. In this warehouse no tag reaches that: the set may be small, or without a tag
          genome.
        </p>
        <p>Build it with a lower threshold, and write the site again:</p>
        <code>npx matinee build --vars '{'{"min_tag_movies":5}'}'</code>
        <code>npx matinee site build</code>
      </Nothing>
      <Provenance dashboard="tag_insights" />
    </PageFrame>
  );
}

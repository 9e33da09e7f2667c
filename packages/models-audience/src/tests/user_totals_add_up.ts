import { dataTest, sql } from '@matinee/core';
import { srcRatings } from '@matinee/models-staging';
import { intUserProfiles } from '../intermediate/int_user_profiles.js';

export const userTotalsAddUp = dataTest({
  name: 'user_totals_add_up',
  description: 'The total_ratings of all users are the rows of src_ratings.',
  query: sql`
    select users.total_ratings, ratings.rating_count
    from (select coalesce(sum(total_ratings), 0) as total_ratings from ${intUserProfiles}) as users
    cross join (select count(*) as rating_count from ${srcRatings}) as ratings
    where users.total_ratings <> ratings.rating_count`,
});

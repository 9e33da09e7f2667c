import { text } from '@matinee/core';

/** How active a user is. The levels stand in their own order, from the least active users to the most active. */
export const engagementLevel = text()
  .describe('How active the user is among all users.')
  .acceptedValues(['Low-Engagement', 'Medium-Engagement', 'High-Engagement', 'Super-High-Engagement']);

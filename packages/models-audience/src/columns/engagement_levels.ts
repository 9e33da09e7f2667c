/** What `engagement_level` may be, from the least active users to the most active. */
export const engagementLevels = [
  'Low-Engagement',
  'Medium-Engagement',
  'High-Engagement',
  'Super-High-Engagement',
] as const;

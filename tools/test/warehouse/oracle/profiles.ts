import type { Delivery } from './delivery.js';
import { groupBy, mean } from './group.js';

export interface Profile {
  readonly user_id: number;
  readonly total_ratings: number;
  readonly overall_avg_rating: number;
  readonly engagement_level: string;
}

/** A profile for each user with ratings. */
export function profilesByUser(delivery: Delivery): Map<number, Profile> {
  const byUser = groupBy(delivery.ratings, (row) => row.userId);
  const totals = Array.from(byUser.values(), (rows) => rows.length).sort((a, b) => a - b);
  const usersBelow = new Map<number, number>();
  totals.forEach((total, index) => {
    if (!usersBelow.has(total)) usersBelow.set(total, index);
  });
  return new Map(
    Array.from(byUser, ([user_id, rows]) => {
      const rank = totals.length === 1 ? 0 : usersBelow.get(rows.length)! / (totals.length - 1);
      const profile: Profile = {
        user_id,
        total_ratings: rows.length,
        overall_avg_rating: mean(rows.map((row) => row.rating)),
        engagement_level: levelOf(rank),
      };
      return [user_id, profile];
    }),
  );
}

function levelOf(percentRank: number): string {
  if (percentRank >= 0.95) return 'Super-High-Engagement';
  if (percentRank >= 0.66) return 'High-Engagement';
  if (percentRank >= 0.33) return 'Medium-Engagement';
  return 'Low-Engagement';
}

import type { DaxNames } from '@matinee/core';

/** What columns and measures are called in Power BI: `average_rating` is `Average rating`. */
export function plainName(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const plainNames: DaxNames = { column: plainName, measure: plainName };

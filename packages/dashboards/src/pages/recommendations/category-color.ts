import type { ChartTheme } from '@matinee/site/browser';

/** The colour of a category, the same in all charts. @param categories all there are, in their order */
export function categoryColor(
  { series }: ChartTheme,
  categories: readonly string[],
  category: string,
): string {
  return series[Math.max(0, categories.indexOf(category)) % series.length] ?? '';
}

import { formatNumber } from '@matinee/site/browser';
import type { Tag } from '../../numbers/tags.js';

/** What a chart says of a tag, as HTML. */
export function tagText({ tag, ratings, average, movies }: Tag): string {
  const name = tag.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<b>${name}</b><br>${formatNumber(average, 'decimal')} of ${formatNumber(ratings)} ratings<br>${formatNumber(movies)} movies`;
}

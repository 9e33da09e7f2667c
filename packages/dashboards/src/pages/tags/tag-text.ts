import { counted, escapeHtml, formatNumber } from '@matinee/site/browser';
import type { Tag } from '../../numbers/tags.js';

/** What a chart says of a tag, as HTML. */
export function tagText({ tag, ratings, average, movies }: Tag): string {
  return `<b>${escapeHtml(tag)}</b><br>${formatNumber(average, 'decimal')} of ${counted(ratings, 'rating')}<br>${counted(movies, 'movie')}`;
}

import type { MeasureFacts } from '../../contract/site-facts.js';
import { useFacts } from './facts.js';

/** A measure as pages speak of it. */
export interface MeasureText extends MeasureFacts {
  /** Its name in words: `Average rating`. */
  readonly label: string;
}

/**
 * What a model says of one of its measures: words and format of a number on a page.
 *
 * @throws Error for a measure that the model does not declare
 */
export function useMeasure(node: string, name: string): MeasureText {
  const measure = useFacts().measures[node]?.[name];
  if (!measure) throw new Error(`The model ${node} declares no measure ${name}.`);
  return { ...measure, label: nameInWords(name) };
}

/** `average_rating` as `Average rating`. */
export function nameInWords(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

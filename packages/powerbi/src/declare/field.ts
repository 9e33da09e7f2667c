import type { StarMember } from './star-member.js';

/** A column or measure of a table of the semantic model, named as the project names it. */
export interface Field {
  readonly table: StarMember;
  readonly kind: 'column' | 'measure';
  readonly name: string;
}

/** Fields in the order of a visual, one or several. */
export type Fields = Field | readonly Field[];

export function listOf(fields: Fields | undefined): readonly Field[] {
  if (fields === undefined) return [];
  return 'kind' in fields ? [fields] : fields;
}

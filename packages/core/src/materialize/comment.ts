import { shortened } from '../first-characters.js';
import type { Relation } from '../nodes/relation.js';
import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';
import { formatLiteral } from '../sql/literal.js';

/** Characters of a description that are written beside a table. */
const LONGEST = 1000;

/**
 * Statements that write a relation's description and those of its columns beside a table, and behind it the mark of the
 * publication that the table belongs to.
 */
export function commentTable(
  name: string,
  { description, columns }: Pick<Relation, 'description' | 'columns'>,
  mark: string,
  dialect: Dialect,
): readonly string[] {
  const text = (content: string) => formatLiteral(content, dialect);
  const described = Object.entries(columns).flatMap(([column, { description }]) =>
    description ? [`column ${quoteIdentifier(column, dialect)} comment ${text(cut(description))}`] : [],
  );
  return [
    ...(described.length > 0 ? [`alter table ${name} alter ${described.join(', ')}`] : []),
    `comment on table ${name} is ${text(`${cut(description ?? '')} ${markText(mark)}`.trim())}`,
  ];
}

/**
 * What stands between a view's name and its query: its columns if any is described, that grants stay, and its description.
 * Snowflake takes descriptions of a view's columns nowhere else.
 */
export function viewHeader(
  { description, columns }: Pick<Relation, 'description' | 'columns'>,
  dialect: Dialect,
): string {
  const text = (content: string) => formatLiteral(cut(content), dialect);
  const list = Object.entries(columns).map(
    ([column, { description }]) =>
      `${quoteIdentifier(column, dialect)}${description ? ` comment ${text(description)}` : ''}`,
  );
  const isDescribed = Object.values(columns).some(({ description }) => description);
  return [
    ...(isDescribed ? [`(${list.join(', ')})`] : []),
    'copy grants',
    ...(description ? [`comment = ${text(description)}`] : []),
  ].join(' ');
}

/** Whether a comment has a publication's mark. */
export function isMarked(comment: string | undefined, mark: string): boolean {
  return comment?.endsWith(markText(mark)) ?? false;
}

const markText = (mark: string) => `[matinee ${mark}]`;

const cut = (text: string) => shortened(text, LONGEST);

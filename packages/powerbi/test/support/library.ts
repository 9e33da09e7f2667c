import {
  countDistinct,
  date,
  double,
  gatherProject,
  integer,
  model,
  Namer,
  type Project,
  ratio,
  sql,
  sum,
  table,
  text,
  timestamp,
  view,
} from '@matinee/core';
import {
  among,
  card,
  columnChart,
  dateTable,
  distinctTable,
  pageLink,
  powerBi,
  slicer,
  snowflakeSource,
  starTable,
  table as tableVisual,
} from '../../src/index.js';

/** A small star that is made to be awkward: quotes, brackets and line breaks wherever people may write them. */
export const books = model({
  name: 'books',
  description: 'Books.\nOne row "each".',
  materialized: view(),
  columns: {
    book_id: integer(),
    title: text(),
    form: text().acceptedValues(['Roman', "Children's", 'Poem "x"\n#(lf)']),
  },
  key: ['book_id'],
  query: sql`select 1 as book_id, 't' as title, 'Roman' as form`,
});

export const subjects = model({
  name: 'subjects',
  description: 'One row per book and subject.',
  materialized: table(),
  columns: {
    book_id: integer().references(() => books, 'book_id'),
    subject: text(),
  },
  key: ['book_id', 'subject'],
  measures: {
    subjects_known: countDistinct('subject', { description: 'Subjects.', without: 'none, "nor"\nany' }),
  },
  query: sql`select 1 as book_id, 's' as subject`,
});

export const loans = model({
  name: 'loans',
  description: 'One row per loan.',
  materialized: table(),
  columns: {
    loan_id: integer(),
    book_id: integer().references(() => books, 'book_id'),
    lent_at: timestamp().describe('UTC.'),
    due_on: date(),
    fee: double().nullable(),
  },
  key: ['loan_id'],
  measures: {
    books_lent: countDistinct('book_id', { description: 'Books that were lent.' }),
    fees: sum('fee', { description: 'All fees.' }),
    fee_per_book: ratio('fees', 'books_lent', { description: 'Fees of a book.', format: 'percent' }),
  },
  query: sql`select 1 as loan_id, 1 as book_id, now() as lent_at, current_date as due_on, 1.0 as fee`,
});

export const project: Project = gatherProject('/library', [
  { package: 'library', domain: 'library', folder: '/library', exports: { books, subjects, loans } },
]);

/** The star as it is declared; descriptions and names can be made others. */
export function librarian({
  bookName = "Author's book [1]",
  description = 'Loans.',
  titled = 'Books lent',
}: {
  readonly bookName?: string;
  readonly description?: string;
  readonly titled?: string;
} = {}) {
  const loan = starTable(loans, {
    name: 'Loan',
    description,
    columns: ['book_id', 'fee'],
    days: { lent_day: 'lent_at' },
  });
  const book = starTable(books, { name: bookName });
  const subjectOf = starTable(subjects, {
    name: 'Subject of',
    filtersBothWays: true,
    measures: { subjects_lent: among(subjects.measures.subjects_known, loan) },
  });
  const subject = distinctTable(subjectOf, 'subject', { name: 'Subject', description: 'Subjects.' });
  const day = dateTable(loan.column('lent_day'), { name: 'Day', description: 'Days.' });
  return powerBi({
    name: 'librarian',
    title: 'Library of all',
    description: 'Loans.',
    owner: 'Librarians',
    tables: [loan, book, subjectOf, subject, day],
    pages: [
      {
        name: 'first',
        title: "First 'page'",
        visuals: {
          lent: card({
            title: titled,
            value: loan.measure('books_lent'),
            at: { column: 0, row: 0, columns: 3, rows: 2 },
          }),
          forms: slicer({
            title: 'Forms',
            field: book.column('form'),
            at: { column: 3, row: 0, columns: 3, rows: 2 },
          }),
          to_second: pageLink({
            title: 'To',
            text: 'To',
            page: 'second',
            at: { column: 6, row: 0, columns: 3, rows: 2 },
          }),
        },
      },
      {
        name: 'second',
        title: 'Second',
        visuals: {
          subjects: columnChart({
            title: 'Subjects',
            x: subject.column('subject'),
            y: [loan.measure('fees'), loan.measure('books_lent')],
            at: { column: 0, row: 0, columns: 6, rows: 4 },
          }),
          months: tableVisual({
            title: 'Months',
            columns: [day.column('month'), subjectOf.measure('subjects_lent')],
            sort: { field: day.column('month'), direction: 'Descending' },
            at: { column: 6, row: 0, columns: 6, rows: 4 },
          }),
        },
      },
    ],
  });
}

export const snowflake = snowflakeSource(project, new Namer('snowflake'), {
  account: undefined,
  warehouse: undefined,
  role: undefined,
  database: undefined,
});

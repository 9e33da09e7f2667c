import { daxOf } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { generatePowerBi, parquetSource, starTable } from '../src/index.js';
import { books, librarian, snowflake, subjects } from './support/library.js';
import { readTmdl, takeName } from './support/tmdl-reader.js';
import { authoringVerdict, powerQueryError, schemaErrors } from './support/validators.js';

const generated = generatePowerBi(librarian(), snowflake);
const model = 'Library of all.SemanticModel/definition';
const idsOf = (files: ReadonlyMap<string, string>) =>
  [...files.values()].flatMap((text) =>
    [...text.matchAll(/(?:lineageTag: |^relationship |"logicalId": "|"name": ")([0-9a-f-]{20,36})/gm)].map(
      ([, id]) => id,
    ),
  );

describe('a generated project', () => {
  it("fits Microsoft's schemas and passes its check, with awkward names", async () => {
    expect(schemaErrors(generated)).toEqual([]);
    expect(await authoringVerdict(generated)).toMatchObject({ result: 'succeeded' });
  });

  it('is seen through if it is wrong: the validators of these tests do validate', async () => {
    const files = new Map(generated.files);
    const [path = '', text = ''] =
      [...files].find(([, content]) => content.includes('"visualType": "card"')) ?? [];
    files.set(path, text.replace('"Values"', '"Numbers"').replace('"tabOrder"', '"taborder"'));
    expect(schemaErrors({ ...generated, files })).toEqual([
      `${path}/position: must NOT have additional properties`,
    ]);
    expect(await authoringVerdict({ ...generated, files })).toMatchObject({ result: 'failed' });
    expect(await powerQueryError('let x = 1 in')).toBeDefined();
  });

  it('has M that parses', async () => {
    const queries = [...generated.files].flatMap(([path, text]) =>
      path.includes('/tables/') && text.includes(' = m\n')
        ? [text.slice(text.indexOf('source =') + 'source ='.length)]
        : [],
    );
    expect(queries).toHaveLength(4);
    for (const query of queries) expect(await powerQueryError(query)).toBeUndefined();
  });

  it.each(['tables/Loan', 'tables/Day', 'tables/Subject of', 'relationships', 'expressions', 'model'])(
    'has %s.tmdl as its golden file',
    async (name) => {
      const golden = `./golden/${name.replace('tables/', '').replaceAll(' ', '-').toLowerCase()}.tmdl`;
      await expect(generated.files.get(`${model}/${name}.tmdl`)).toMatchFileSnapshot(golden);
    },
  );

  it('is the same bytes every time', () => {
    expect([...generatePowerBi(librarian(), snowflake).files]).toEqual([...generated.files]);
  });

  it('keeps all ids when descriptions, titles and the source change, and gives no id twice', () => {
    const other = generatePowerBi(
      librarian({ description: 'Other.', titled: 'Other' }),
      snowflake,
      'Other name',
    );
    const ids = idsOf(generated.files);
    // 2 items, 5 tables, 16 columns, 5 measures, 4 relationships, 4 parameters, 2 pages, 5 visuals
    expect(ids).toHaveLength(43);
    expect(new Set(ids).size).toBe(43);
    expect(idsOf(other.files)).toEqual(ids);
    const overFiles = idsOf(generatePowerBi(librarian(), parquetSource('C:\\x\\')).files);
    const parameters = ids.filter((id) => !overFiles.includes(id));
    expect(parameters).toHaveLength(4);
  });

  it('quotes names in TMDL and DAX, and describes what is declared', () => {
    const file = [...generated.files.keys()].find((path) => path.includes('book'));
    const [table] = readTmdl(generated.files.get(file ?? '') ?? '');
    expect(table?.text).toBe("table 'Author''s book [1]'");
    expect(takeName(table?.text.slice('table '.length) ?? '').name).toBe("Author's book [1]");
    expect(table?.description).toBe('Books.\nOne row "each".');
    const [bridge] = readTmdl(generated.files.get(`${model}/tables/Subject of.tmdl`) ?? '');
    const measures = bridge?.children.filter(({ text }) => text.startsWith('measure ')) ?? [];
    expect(measures.map(({ text }) => text)).toEqual([
      `measure 'Subjects known' = CALCULATE(DISTINCTCOUNT('Subject of'[Subject]), KEEPFILTERS('Subject of'[Subject] <> ("none, ""nor""" & UNICHAR(10) & "any")))`,
      `measure 'Subjects lent' = CALCULATE(CALCULATE(DISTINCTCOUNT('Subject of'[Subject]), KEEPFILTERS('Subject of'[Subject] <> ("none, ""nor""" & UNICHAR(10) & "any"))), SUMMARIZE('Loan', 'Author''s book [1]'[Book id]))`,
    ]);
  });

  it('formats measures as they are declared', () => {
    const [loan] = readTmdl(generated.files.get(`${model}/tables/Loan.tmdl`) ?? '');
    const formats = loan?.children
      .filter(({ text }) => text.startsWith('measure '))
      .map(({ children }) => children[0]?.text);
    expect(formats).toEqual(['formatString: #,0', 'formatString: #,0.00', 'formatString: 0.0%']);
  });

  it('sorts values that have an order by their place in it', () => {
    const file = [...generated.files.keys()].find((path) => path.includes('book')) ?? '';
    expect(generated.files.get(file)).toContain("\t\tsortByColumn: 'Form order'");
    expect(generated.files.get(file)).toContain(
      `each List.PositionOf({"Roman", "Children's", "Poem ""x""#(lf)#(#)(lf)"}, Record.Field(_, "form"))`,
    );
  });

  it('says where Snowflake is by parameters, and leaves out a role that nobody named', () => {
    expect(
      readTmdl(generated.files.get(`${model}/expressions.tmdl`) ?? '').map(
        ({ text }) => text.split(' meta')[0],
      ),
    ).toEqual([
      'expression SnowflakeServer = "myorg-account.snowflakecomputing.com"',
      'expression SnowflakeWarehouse = "WAREHOUSE"',
      'expression SnowflakeDatabase = "DATABASE"',
      'expression SnowflakeRole = null',
    ]);
  });
});

describe('what does not hold together', () => {
  const star = librarian();
  const generate = (change: object) => () =>
    generatePowerBi(Object.assign(Object.create(Object.getPrototypeOf(star)), star, change), snowflake);

  it('is a name that cannot be a folder', () => {
    expect(() => generatePowerBi(star, snowflake, '../x')).toThrow("'../x' cannot name files and folders.");
  });

  it('is a name with control characters', () => {
    expect(() => generatePowerBi(librarian({ bookName: 'a\nb' }), snowflake)).toThrow(
      'The table or parameter "a\\nb" is no name',
    );
  });

  it('are tables whose names differ by case only', () => {
    expect(() => generatePowerBi(librarian({ bookName: 'LOAN' }), snowflake)).toThrow(
      "'LOAN' is there twice; Power BI does not tell case apart",
    );
  });

  it('is a measure over a column that is not loaded', () => {
    const partial = starTable(subjects, { name: 'Partial', columns: ['book_id'] });
    expect(generate({ tables: [...star.tables, partial] })).toThrow(
      "The DAX of the measure 'Subjects known' names 'Partial'[Subject], which is not loaded.",
    );
  });

  it('is a visual of a table that is left out', () => {
    const tables = star.tables.filter(({ name }) => name !== 'Subject' && name !== 'Day');
    expect(generate({ tables })).toThrow(
      "'Subjects' on page 'Second' shows the column 'Subject'[Subject], which the model does not have.",
    );
  });

  it('are filters with two ways to go', () => {
    const [loan, book] = star.tables;
    if (loan?.kind !== 'relation' || book?.kind !== 'relation') throw new Error('other tables');
    const again = starTable(subjects, {
      name: 'Again',
      filtersBothWays: true,
      withoutMeasures: ['subjects_known'],
    });
    expect(
      generate({
        tables: [...star.tables, again],
        relationships: [{ from: again.column('subject'), to: star.tables[3]?.column('subject' as never) }],
      }),
    ).toThrow(/A filter of '.*' reaches '.*' on two ways\./);
  });

  it('is a relationship to a column that may hold values twice', () => {
    const [loan, book] = star.tables;
    expect(
      generate({
        relationships: [{ from: loan?.column('fee' as never), to: book?.column('title' as never) }],
      }),
    ).toThrow("'Loan' refers to 'title' of 'Author's book [1]', which is not known to be unique.");
  });

  it('is a page about a column that is left out', () => {
    const drillThrough = starTable(books, { name: 'Elsewhere' }).column('form');
    expect(generate({ pages: [{ name: 'form', title: 'Form', drillThrough, visuals: {} }] })).toThrow(
      "Page 'Form' shows the column 'Elsewhere'[Form], which the model does not have.",
    );
  });

  it('is a link to no page', () => {
    expect(generate({ pages: [star.pages[0]] })).toThrow(
      "A link on page 'first' opens 'second', which is no page.",
    );
  });

  it('does not compile where the field is not there', () => {
    const book = starTable(books, { name: 'Book', columns: ['book_id', 'title'] });
    // @ts-expect-error the column is not loaded
    expect(book.column('form').name).toBe('form');
    // @ts-expect-error the model has no such measure
    expect(book.measure('loans').name).toBe('loans');
    expect(daxOf(subjects.measures.subjects_known, 'x')).not.toContain('\n');
  });
});

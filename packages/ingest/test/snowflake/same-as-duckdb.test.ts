import { isUtf8 } from 'node:buffer';
import { type LoadedSource, MatineeError, type Source, type WarehouseRow } from '@matinee/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blows, strike } from '../support/damage.js';
import { type Files, folderOf, type Lab, openLab } from '../support/lab.js';
import { openSnowflakeLab } from '../support/snowflake-lab.js';
import { allSources, links, movies, ratings, tags } from '../support/sources.js';
import { randomTables } from '../support/tables.js';
import { asGroupLens, asKaggle, gzipped } from '../support/write.js';

const RUNS = Number(process.env.MATINEE_PROPERTY_RUNS ?? 6);
const timeout = 60_000 + RUNS * 1000;

/** What a load of files comes to: counts, rows and rejects of each source, or why it failed. */
async function outcome(lab: Lab, folder: string, sources: readonly Source[]) {
  await lab.session.execute('delete from rejected');
  let loaded: readonly LoadedSource[];
  try {
    loaded = await lab.load(folder, sources, { maxRejects: { share: 1 } });
  } catch (error) {
    if (!(error instanceof MatineeError)) throw error;
    return { error: error.message };
  }
  const rows = await Promise.all(
    sources.map(async ({ name, columns }) => {
      const data = [...Object.keys(columns), '_file', '_load'].map(
        (column) => `cast("${column}" as varchar)`,
      );
      const found = await lab.session.query(`select [${data.join(', ')}] as r from ${name}`);
      return found.map(({ r }) => JSON.stringify(r)).sort();
    }),
  );
  const rejects = await lab.session.query('select * from rejected order by source, file, line');
  return {
    loaded: loaded.map((one) => ({ ...one, files: one.files.map((file) => ({ ...file, seconds: 0 })) })),
    rows,
    rejects: rejects.map(comparable),
  };
}

/**
 * A reject without what may differ: control characters in a reason, and the column where a record over several lines is
 * closed but has line breaks in a number.
 */
function comparable({ reason, column_name, ...row }: WarehouseRow): readonly unknown[] {
  const column = reason === 'A quoted value is not closed.' ? undefined : column_name;
  const shown = String(reason).replace(/\\u00[0-9a-f]{2}|[\u0080-\u009f]/g, '\ufffd');
  return [...Object.values(row).map(folded), column, shown];
}

/** A text in which a long run of one character is told by its length, so that a difference can be read. */
const folded = (value: unknown) =>
  typeof value === 'string'
    ? value.replace(/(.)\1{99,}/gsu, (run, character) => `${character}×${run.length}`)
    : value;

async function expectSame(labs: readonly [Lab, Lab], files: Files, sources: readonly Source[]) {
  const folder = folderOf(files);
  const [expected, found] = [
    await outcome(labs[0], folder, sources),
    await outcome(labs[1], folder, sources),
  ];
  expect(found).toEqual(expected);
  return found;
}

describe("Snowflake's statements load what DuckDB's loader loads:", () => {
  const shapes = { grouplens: asGroupLens, kaggle: asKaggle };

  it('random tables in both shapes, plain and gzipped', { timeout }, async () => {
    const labs = [await openLab(), await openSnowflakeLab()] as const;
    await fc.assert(
      fc.asyncProperty(randomTables, fc.boolean(), async (tables, isFirst) => {
        const files = isFirst ? asGroupLens(tables) : gzipped(asKaggle(tables));
        await expectSame(labs, files, allSources);
      }),
      { numRuns: Math.ceil(RUNS / 5) },
    );
  });

  it('damaged files, row by row and reject by reject', { timeout }, async () => {
    const labs = [await openLab(), await openSnowflakeLab()] as const;
    await fc.assert(
      fc.asyncProperty(
        randomTables,
        fc.constantFrom(...allSources),
        fc.constantFrom('grouplens' as const, 'kaggle' as const),
        blows,
        async (tables, source, shape, hits) => {
          const { file } = source.shapes.find(({ name }) => name === shape)!;
          const bytes = Buffer.from(shapes[shape](tables)[file]!);
          const header = bytes.indexOf(10) + 1;
          const damaged = hits
            .filter(({ kind }) => kind !== 'mark')
            .reduce((before: Buffer, hit) => strike(before, hit, header), bytes as Buffer);
          // Replaced bytes are three where one was: a line as long as any may be is found too long for them.
          fc.pre(isUtf8(damaged) || !hits.some((hit) => hit.kind === 'lengthen' && hit.by > 40_001));
          await expectSame(labs, { [file]: damaged }, [source]);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('values at the edges of what fits', async () => {
    const labs = [await openLab(), await openSnowflakeLab()] as const;
    const ints = [
      ...['1', '007', '+5', '-0', '-7', '9223372036854775807', '-9223372036854775808', `${'0'.repeat(60)}12`],
      ...[
        '9223372036854775808',
        '9'.repeat(70),
        '1.5',
        ' 5',
        '5 ',
        '',
        '+',
        '--1',
        '0x10',
        '1e3',
        '"3"',
        '"3""4"',
        `x${'🎬'.repeat(70)}`,
      ],
    ];
    const doubles = [
      '0.1',
      '.5',
      '5.',
      '-1e-400',
      '1e308',
      '1e309',
      'inf',
      'nan',
      '1d',
      '',
      '+.5e+3',
      '1.7976931348623157e308',
    ];
    const epochs = [
      '0',
      '-62135596800',
      '-62135596801',
      '253402300799',
      '253402300800',
      '1.5',
      '99999999999999999999999',
    ];
    const times = [
      '2015-03-09 22:52:09',
      '2000-02-29 00:00:00',
      '1900-02-29 00:00:00',
      '0000-01-01 00:00:00',
      '0001-01-01 00:00:00',
      '9999-12-31 23:59:59',
      '2015-01-01 24:00:00',
      '2015-1-1 00:00:00',
      '',
    ];
    const lines = (head: string, rows: readonly string[]) => `${head}\n${rows.join('\n')}\n`;
    const result = await expectSame(
      labs,
      {
        'ratings.csv': lines('userId,movieId,rating,timestamp', [
          ...ints.map((value, index) => `${value},${index},1,0`),
          ...doubles.map((value, index) => `1,${1000 + index},${value},0`),
          ...epochs.map((value, index) => `1,${2000 + index},1,${value}`),
        ]),
        'links.csv': lines('movieId,imdbId,tmdbId', [
          '1,,',
          '2,114709,',
          '3,12345678,x',
          '4,"0""1",5',
          '5,é,',
          '+6,tt,-1',
        ]),
        'tag.csv': lines('"userId","movieId","tag","timestamp"', [
          ...times.map((value, index) => `1,${index},"${value}","${value}"`),
          ...[
            '"\\"\\"a\\"\\""',
            '"a\\b"',
            '"a\\\\"',
            '"a\\\\\\""',
            '\\',
            '"a""b"',
            '"',
            'a"b',
            '"a"b',
            'a\rb',
            '\u{1f600}',
          ].map((tag, index) => `2,${index},${tag},"2015-03-09 22:52:09"`),
        ]),
      },
      [ratings, links, tags],
    );
    expect(result.rejects?.length).toBe(32);
  });

  it('line breaks in quotes, also where records share lines, run past the end or stand where no text is', async () => {
    const labs = [await openLab(), await openSnowflakeLab()] as const;
    const bodies = [
      '1,"a\nb",c\n2,d,e\n',
      '1,"a\n\n\r\nb""",c\r\n2,d,e\r\n',
      '1,"a\n","\n"\n2,x,y\n',
      '"1\n",a,b\n2,"x\ny",z\n',
      '1,a,"b\n"\n"\n"\n3,c,d\n',
      '1,a,"b\n2,c,"d\n"\n3,e,f\n',
      '1,"never closed,b\n2,c,d\n3,e,"\n4,g,h\n',
      '1,"a\nb","c\nd"\n2,"e\n\nf",g\n3,x,"y',
      '1,"a\nb"c,d\n2,"e\nf",g,h\n3,i,j\n',
    ];
    for (const file of ['movies.csv', 'movie.csv'])
      for (const body of bodies)
        await expectSame(labs, { [file]: `movieId,title,genres\n${body}` }, [movies]);
  });

  it('keys delivered twice: the same, other values in one file, other values in another', async () => {
    const labs = [await openLab(), await openSnowflakeLab()] as const;
    const head = 'movieId,title,genres\n';
    const { loaded, rejects } = await expectSame(
      labs,
      {
        'movies.csv': `${head}1,a,b\n1,a,b\n2,a,b\n2,a,c\n3,"x\ny",b\n4,d,e\n`,
        'movies/2020.csv': `${head}3,z,b\n4,d,e\n5,f,g\n`,
        'movies/kaggle.csv.gz': gzipped({
          f: '"movieId","title","genres"\n5,"f","g"\n6,"h","i"\n6,"h","j"\n',
        })['f.gz']!,
      },
      [movies],
    );
    expect(loaded?.[0]).toMatchObject({ rows: 4, rejectedRows: 4, repeatedRows: 3, overruledRows: 1 });
    expect(rejects?.map((row) => [row[2], row[3], row[5], row[6]])).toEqual([
      ['movies.csv', 4, 'movieId', 'The key movieId = 2 comes with other values in the same file.'],
      ['movies.csv', 5, 'movieId', 'The key movieId = 2 comes with other values in the same file.'],
      ['movies/kaggle.csv.gz', 3, 'movieId', 'The key movieId = 6 comes with other values in the same file.'],
      ['movies/kaggle.csv.gz', 4, 'movieId', 'The key movieId = 6 comes with other values in the same file.'],
    ]);
  });
});

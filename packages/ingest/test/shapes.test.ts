import { describe, expect, it } from 'vitest';
import { folderOf, openLab } from './support/lab.js';
import { allSources, links, movies, ratings, scores, tags } from './support/sources.js';
import { asGroupLens, asKaggle, gzipped, type Tables } from './support/write.js';

const tables: Tables = {
  ratings: [
    { userId: 1, movieId: 2, rating: 3.5, timestamp: 1112486027 },
    { userId: 1, movieId: 29, rating: 4, timestamp: 0 },
    { userId: 2, movieId: 2, rating: 0.5, timestamp: -1 },
  ],
  tags: [
    { userId: 18, movieId: 4141, tag: 'Mark Waters', timestamp: 1240597180 },
    { userId: 18, movieId: 4141, tag: '"so bad", it\'s good', timestamp: 1240597181 },
  ],
  movies: [
    { movieId: 1, title: 'Toy Story (1995)', genres: 'Adventure|Animation' },
    { movieId: 11, title: 'American President, The (1995)', genres: '(no genres listed)' },
    { movieId: 4437, title: '"Great Performances" Cats (1998)', genres: 'Musical' },
  ],
  links: [
    { movieId: 1, imdbId: '114709', tmdbId: 862 },
    { movieId: 2, imdbId: '10872600', tmdbId: null },
  ],
  scores: [{ movieId: 1, tagId: 1, relevance: 0.02500000000000002 }],
};

const expected = {
  ratings: [
    { userId: 1, movieId: 2, rating: 3.5, timestamp: '2005-04-02 23:53:47' },
    { userId: 1, movieId: 29, rating: 4, timestamp: '1970-01-01 00:00:00' },
    { userId: 2, movieId: 2, rating: 0.5, timestamp: '1969-12-31 23:59:59' },
  ],
  tags: [
    { userId: 18, movieId: 4141, tag: '"so bad", it\'s good', timestamp: '2009-04-24 18:19:41' },
    { userId: 18, movieId: 4141, tag: 'Mark Waters', timestamp: '2009-04-24 18:19:40' },
  ],
  movies: tables.movies,
  links: [
    { movieId: 1, imdbId: '0114709', tmdbId: 862 },
    { movieId: 2, imdbId: '10872600', tmdbId: null },
  ],
  scores: tables.scores,
};

describe('both published shapes', () => {
  const shapes = {
    'GroupLens, plain': asGroupLens(tables),
    'GroupLens, gzipped': gzipped(asGroupLens(tables)),
    'Kaggle, plain': asKaggle(tables),
    'Kaggle, gzipped': gzipped(asKaggle(tables)),
  };
  for (const [name, files] of Object.entries(shapes)) {
    it(`${name}: the same tables`, async () => {
      const lab = await openLab();
      const loaded = await lab.load(folderOf(files), allSources);
      expect(loaded.map(({ source, rows, rejectedRows }) => [source, rows, rejectedRows])).toEqual([
        ['ratings', 3, 0],
        ['tags', 2, 0],
        ['movies', 3, 0],
        ['links', 2, 0],
        ['scores', 1, 0],
      ]);
      for (const source of allSources)
        expect(await lab.rows(source)).toEqual(expected[source.name as keyof Tables]);
    });
  }

  it('the shapes may be mixed in one folder', async () => {
    const lab = await openLab();
    const { 'ratings.csv': ratingsFile = '' } = asGroupLens(tables);
    const { 'movie.csv': moviesFile = '' } = asKaggle(tables);
    await lab.load(folderOf({ 'ratings.csv': ratingsFile, 'movie.csv': moviesFile }), [ratings, movies]);
    expect(await lab.rows(ratings)).toEqual(expected.ratings);
    expect(await lab.rows(movies)).toEqual(expected.movies);
  });
});

describe('the tables', () => {
  it('have the declared types, whole rows or none', async () => {
    const lab = await openLab();
    const types = async () =>
      Object.fromEntries(
        await Promise.all(
          allSources.map(async ({ name }) => {
            const columns = await lab.session.describe(`select * from ${name}`);
            return [name, columns.map((column) => `${column.name} ${column.type}`)] as const;
          }),
        ),
      );
    await lab.load(folderOf(asGroupLens(tables)), allSources);
    const filled = await types();
    await lab.load(
      folderOf(asGroupLens({ ratings: [], tags: [], movies: [], links: [], scores: [] })),
      allSources,
    );
    const strip = (all: typeof filled) =>
      Object.fromEntries(Object.entries(all).map(([name, columns]) => [name, columns.slice(0, -2)]));
    expect(strip(await types())).toEqual(strip(filled));
    expect(strip(filled)).toEqual({
      ratings: ['userId BIGINT', 'movieId BIGINT', 'rating DOUBLE', 'timestamp TIMESTAMP'],
      tags: ['userId BIGINT', 'movieId BIGINT', 'tag VARCHAR', 'timestamp TIMESTAMP'],
      movies: ['movieId BIGINT', 'title VARCHAR', 'genres VARCHAR'],
      links: ['movieId BIGINT', 'imdbId VARCHAR', 'tmdbId BIGINT'],
      scores: ['movieId BIGINT', 'tagId BIGINT', 'relevance DOUBLE'],
    });
    for (const columns of Object.values(filled)) {
      expect(columns.slice(-2).map((column) => column.split(' ')[0])).toEqual(['_file', '_load']);
    }
  });

  for (const [name, damage] of [
    ['a clean file', ''],
    ['a file with rejects', 'broken\n'],
  ] as const) {
    it(`say in each row where it comes from: ${name}`, async () => {
      const lab = await openLab();
      const files = { 'movies.csv': `movieId,title,genres\n1,a,b\n2,c,d\n${damage}` };
      await lab.loadOne(movies, files, { loadId: "it's 7" });
      expect(await lab.session.query('select _file, _load, count(*) as n from movies group by all')).toEqual([
        { _file: 'movies.csv', _load: "it's 7", n: 2 },
      ]);
      await lab.session.execute('create table copied as select * from movies');
      await lab.session.execute(
        "insert into copied (movieId, _file, _load) select movieId, _file || '!', _load from movies limit 0",
      );
      expect(
        await lab.one("select count(*) as n from copied where _file = 'movies.csv' and _load like 'it%'"),
      ).toEqual({ n: 2 });
    });
  }

  it('can be renamed, as publishing does', async () => {
    const lab = await openLab();
    await lab.loadOne(links, { 'link.csv.gz': gzipped(asKaggle(tables))['link.csv.gz']! });
    await lab.session.execute('alter table links rename to published');
    expect(
      await lab.one('select count(*) as n, min(_file) as file, max(_load) as load from published'),
    ).toEqual({
      n: 2,
      file: 'link.csv.gz',
      load: 'load-1',
    });
  });

  it('an optional source that was not delivered is an empty table', async () => {
    const lab = await openLab();
    const [loaded] = await lab.load(folderOf(), [scores]);
    expect(loaded).toEqual({
      source: 'scores',
      rows: 0,
      rejectedRows: 0,
      repeatedRows: 0,
      overruledRows: 0,
      files: [],
      kept: [],
    });
    expect(await lab.rows(scores)).toEqual([]);
    expect(await lab.one('select count(_file) as n, count(_load) as m from scores')).toEqual({ n: 0, m: 0 });
  });
});

describe('line ends', () => {
  const header = 'userId,movieId,tag,timestamp';
  const rows = ['1,2,first,10', '1,2,"sec,ond",20', '1,2,third,30'];
  const variants: Readonly<Record<string, string>> = {
    LF: [header, ...rows, ''].join('\n'),
    CRLF: [header, ...rows, ''].join('\r\n'),
    'LF after a CRLF header': `${header}\r\n${rows.join('\n')}\n`,
    'CRLF after an LF header': `${header}\n${rows.join('\r\n')}\r\n`,
    mixed: `${header}\n${rows[0]}\r\n${rows[1]}\n${rows[2]}\r\n`,
    'none after the last line': [header, ...rows].join('\n'),
    'none after the last line of a CRLF file': [header, ...rows].join('\r\n'),
    'a carriage return alone after the last line': `${[header, ...rows].join('\r\n')}\r`,
    'blank lines at the end': `${[header, ...rows].join('\n')}\n\n\n\n`,
    'blank CRLF lines at the end': `${[header, ...rows].join('\r\n')}\r\n\r\n\r\n`,
    'blank lines in between': `${header}\n\n${rows.join('\n\n\n')}\n`,
    'a byte order mark': `\ufeff${[header, ...rows].join('\n')}\n`,
    'a byte order mark before a quoted header': `\ufeff"${header.replaceAll(',', '","')}"\n${rows.join('\n')}\n`,
  };
  for (const [name, content] of Object.entries(variants)) {
    it(`${name}`, async () => {
      const lab = await openLab();
      const loaded = await lab.loadOne(tags, { 'tags.csv': content });
      expect(await lab.rejects()).toEqual([]);
      expect(loaded).toMatchObject({ rows: 3, rejectedRows: 0, repeatedRows: 0 });
      expect((await lab.rows(tags)).map(({ tag }) => tag)).toEqual(['first', 'sec,ond', 'third']);
    });
  }

  for (const [name, content] of [
    ['with line end', `${header}\n`],
    ['without line end', header],
    ['and blank lines', `${header}\r\n\r\n\r\n`],
  ] as const) {
    it(`a header only, ${name}, is an empty table`, async () => {
      const lab = await openLab();
      expect(await lab.loadOne(tags, { 'tags.csv': content })).toMatchObject({ rows: 0, rejectedRows: 0 });
      expect(await lab.rows(tags)).toEqual([]);
    });
  }
});

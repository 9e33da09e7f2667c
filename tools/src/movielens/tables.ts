import type { TableName } from './csv-shape.js';
import { GenomeScorer, genomeMovies, genomeTags, RELEVANCE_STEPS } from './genome.js';
import { genresField } from './genres.js';
import { HistoryMaker } from './history.js';
import { makeLinks } from './links.js';
import type { MovieLensModel } from './model.js';
import type { RowWriter } from './row-writer.js';
import type { SetCounts } from './scale.js';
import { chooseTaggers } from './taggers.js';
import { TaggingMaker } from './tagging.js';

/** One file of a set: its columns, how many rows it will have, and how they are written. */
export interface Table {
  readonly name: TableName;
  readonly columns: readonly string[];
  rows(counts: SetCounts): number;
  write(model: MovieLensModel, out: RowWriter): Promise<void>;
}

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const HALF_STARS = Array.from({ length: 11 }, (_, halves) => ascii((halves / 2).toFixed(1)));

/** Taking away from 1 twice leaves the tails of digits that the published scores have: 0.025000000000000022. */
const relevanceTexts = (): Uint8Array[] =>
  Array.from({ length: RELEVANCE_STEPS + 1 }, (_, step) => ascii(String(1 - (1 - step / RELEVANCE_STEPS))));

async function writeRatings(model: MovieLensModel, out: RowWriter): Promise<void> {
  const { ids } = model.catalogue;
  const history = new HistoryMaker(model);
  for (let user = 0; user < model.counts.users; user++) {
    history.make(user);
    for (let i = 0; i < history.count; i++) {
      out.int(user + 1);
      out.comma();
      out.int(ids[history.movies[i]!]!);
      out.comma();
      out.ascii(HALF_STARS[history.halfStars[i]!]!);
      out.comma();
      out.time(history.seconds[i]!);
      if (out.end()) await out.drain();
    }
  }
}

async function writeTags(model: MovieLensModel, out: RowWriter): Promise<void> {
  const maker = new TaggingMaker(model);
  for (const tagger of chooseTaggers(model)) {
    for (const { movie, tag, seconds } of maker.make(tagger)) {
      out.int(tagger.user + 1);
      out.comma();
      out.int(model.catalogue.ids[movie]!);
      out.comma();
      out.text(tag);
      out.comma();
      out.time(seconds);
      if (out.end()) await out.drain();
    }
  }
}

async function writeMovies({ catalogue }: MovieLensModel, out: RowWriter): Promise<void> {
  for (const [i, id] of catalogue.ids.entries()) {
    out.int(id);
    out.comma();
    out.text(catalogue.titles[i]!);
    out.comma();
    out.text(genresField(catalogue.genres[i]!));
    if (out.end()) await out.drain();
  }
}

async function writeLinks({ seed, catalogue }: MovieLensModel, out: RowWriter): Promise<void> {
  const { imdb, tmdb } = makeLinks(seed, catalogue.ids.length);
  for (const [i, id] of catalogue.ids.entries()) {
    out.int(id);
    out.comma();
    out.imdb(imdb[i]!);
    out.comma();
    if (tmdb[i]! > 0) out.int(tmdb[i]!);
    if (out.end()) await out.drain();
  }
}

async function writeGenomeScores(model: MovieLensModel, out: RowWriter): Promise<void> {
  const scorer = new GenomeScorer(model.seed, genomeTags(model.counts.genomeTags));
  const texts = relevanceTexts();
  for (const [index, movie] of genomeMovies(model).entries()) {
    const steps = scorer.score(index, movie);
    for (let tag = 0; tag < steps.length; tag++) {
      out.int(movie.id);
      out.comma();
      out.int(tag + 1);
      out.comma();
      out.ascii(texts[steps[tag]!]!);
      if (out.end()) await out.drain();
    }
  }
}

async function writeGenomeTags({ counts }: MovieLensModel, out: RowWriter): Promise<void> {
  for (const [i, tag] of genomeTags(counts.genomeTags).entries()) {
    out.int(i + 1);
    out.comma();
    out.text(tag);
    if (out.end()) await out.drain();
  }
}

/** The six files, small ones first. */
export const TABLES: readonly Table[] = [
  { name: 'movies', columns: ['movieId', 'title', 'genres'], rows: (n) => n.movies, write: writeMovies },
  { name: 'links', columns: ['movieId', 'imdbId', 'tmdbId'], rows: (n) => n.movies, write: writeLinks },
  { name: 'genome-tags', columns: ['tagId', 'tag'], rows: (n) => n.genomeTags, write: writeGenomeTags },
  { name: 'tags', columns: ['userId', 'movieId', 'tag', 'timestamp'], rows: (n) => n.tags, write: writeTags },
  {
    name: 'genome-scores',
    columns: ['movieId', 'tagId', 'relevance'],
    rows: (n) => n.genomeMovies * n.genomeTags,
    write: writeGenomeScores,
  },
  {
    name: 'ratings',
    columns: ['userId', 'movieId', 'rating', 'timestamp'],
    rows: (n) => n.ratings,
    write: writeRatings,
  },
];

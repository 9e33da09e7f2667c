/** What happens to a delivery between two builds, by kind. Each change names itself and may say what undoes it. */
import { between, pick, pickWeighted } from '../seeded/random.mjs';
import { MOVIES, movieOf, putMovie, putRating, ratingOf, TABLES, tagOf } from './delivery.mjs';

/** Kinds of changes, and how often each is drawn. */
export const CHANGES = {
  'new ratings': 5,
  'late ratings': 3,
  'corrected ratings': 4,
  'deleted ratings': 3,
  'a user who is gone': 1,
  'moved engagement': 2,
  'corrected genres': 3,
  'corrected titles': 1,
  'a new movie': 1,
  'a movie that is gone': 1,
  'other tags': 1,
  'the same files again': 1,
  'rows repeated in a file': 1,
  'packed with gzip, or no more': 1,
  'in the other shape': 1,
  'in parts, or no more': 2,
  'all ratings gone': 0.3,
  'another ratings_since': 1,
  'a rating out of range': 0.5,
  'a rating of an unknown movie': 0.5,
  'a file that is missing': 0.5,
};

/** @returns the name of the change */
export function change(random, state) {
  const kind = pickWeighted(random, CHANGES);
  MAKE[kind](random, state);
  return kind;
}

/** Takes back what no build can take in. */
export function mend({ delivery }) {
  delivery.missing = undefined;
  for (const [key, { movie, stars }] of delivery.ratings)
    if (stars > 5 || !delivery.movies.has(movie)) delivery.ratings.delete(key);
}

const some = (random, values, most) => {
  const all = [...values];
  return Array.from({ length: Math.min(all.length, between(random, 1, most)) }, () => pick(random, all));
};

const knownMovie = (random, { movies }) => pick(random, [...movies.keys()]);

/** A rating of a movie that is there. */
const knownRating = (random, delivery, times) => ({
  ...ratingOf(random, times),
  movie: knownMovie(random, delivery),
});

const MAKE = {
  'new ratings': (random, { delivery }) => {
    for (let count = between(random, 1, 8); count > 0; count--)
      putRating(delivery, knownRating(random, delivery, { from: 1_430_000_000, to: 1_440_000_000 }));
  },
  'late ratings': (random, { delivery }) => {
    for (let count = between(random, 1, 5); count > 0; count--)
      putRating(delivery, knownRating(random, delivery, { from: 1_240_000_000, to: 1_270_000_000 }));
  },
  'corrected ratings': (random, { delivery }) => {
    for (const rating of some(random, delivery.ratings.values(), 5)) {
      const { stars, at } = ratingOf(random);
      putRating(
        delivery,
        pick(random, [
          { ...rating, stars },
          { ...rating, at },
          { ...rating, stars, at },
        ]),
      );
    }
  },
  'deleted ratings': (random, { delivery }) => {
    for (const key of some(random, delivery.ratings.keys(), 6)) delivery.ratings.delete(key);
  },
  'a user who is gone': (random, { delivery }) => {
    for (const { user } of some(random, delivery.ratings.values(), 1))
      for (const [key, rating] of delivery.ratings) if (rating.user === user) delivery.ratings.delete(key);
  },
  // Others rate so much that users who did nothing fall by a level.
  'moved engagement': (random, { delivery }) => {
    const user = between(random, 1, 100);
    for (let count = between(random, 5, 25); count > 0; count--)
      putRating(delivery, { ...knownRating(random, delivery), user });
  },
  'corrected genres': (random, { delivery }) => {
    for (const movie of some(random, delivery.movies.values(), 3))
      putMovie(delivery, { ...movie, genres: movieOf(random, movie.id).genres });
  },
  'corrected titles': (random, { delivery }) => {
    for (const movie of some(random, delivery.movies.values(), 3))
      putMovie(delivery, { ...movie, title: movieOf(random, movie.id).title });
  },
  'a new movie': (random, { delivery }) => {
    const id = between(random, MOVIES + 1, 2 * MOVIES);
    putMovie(delivery, movieOf(random, id));
    putRating(delivery, { ...ratingOf(random), movie: id });
  },
  'a movie that is gone': (random, { delivery }) => {
    if (delivery.movies.size < 5) return;
    const id = knownMovie(random, delivery);
    delivery.movies.delete(id);
    delivery.links.delete(id);
    delivery.tags = delivery.tags.filter(({ movie }) => movie !== id);
    for (const [key, rating] of delivery.ratings) if (rating.movie === id) delivery.ratings.delete(key);
  },
  'other tags': (random, { delivery }) => {
    delivery.tags.push({ ...tagOf(random), movie: knownMovie(random, delivery) });
    if (random() < 0.5) delivery.tags.push(delivery.tags[0]);
  },
  'the same files again': () => undefined,
  'rows repeated in a file': (random, { delivery }) => {
    delivery.packed[pick(random, ['ratings', 'movies', 'links'])].repeats = between(random, 0, 5);
  },
  'packed with gzip, or no more': (random, { delivery }) => {
    const packed = delivery.packed[pick(random, TABLES)];
    packed.gzip = !packed.gzip;
  },
  'in the other shape': (random, { delivery }) => {
    const packed = delivery.packed[pick(random, TABLES)];
    packed.shape = packed.shape === 'kaggle' ? 'grouplens' : 'kaggle';
  },
  'in parts, or no more': (random, { delivery }) => {
    delivery.packed[pick(random, TABLES)].parts = pick(random, [0, 1, 2, 3, 5]);
  },
  'all ratings gone': (_, { delivery }) => delivery.ratings.clear(),
  'another ratings_since': (random, state) => {
    state.since = pick(random, ['2010-01-01', '2011-03-04 05:06:07', null, '2014-12-24']);
  },
  'a rating out of range': (random, { delivery }) =>
    putRating(delivery, {
      ...knownRating(random, delivery, { from: 1_430_000_000, to: 1_440_000_000 }),
      stars: 7,
    }),
  'a rating of an unknown movie': (random, { delivery }) =>
    putRating(delivery, { ...ratingOf(random, { from: 1_430_000_000, to: 1_440_000_000 }), movie: 9999 }),
  'a file that is missing': (random, { delivery }) => {
    delivery.missing = pick(random, TABLES);
  },
};

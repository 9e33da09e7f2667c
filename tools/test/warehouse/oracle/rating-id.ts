import { createHash } from 'node:crypto';

/** The key of a rating: both ids in one number. */
export function ratingId(userId: number, movieId: number): bigint {
  return (BigInt(userId) << 32n) | BigInt(movieId);
}

const genreHashes = new Map<string, bigint>();

/** The key of a rating and a genre. */
export function ratingGenreId(userId: number, movieId: number, genre: string): bigint {
  let hash = genreHashes.get(genre);
  if (hash === undefined) {
    hash = BigInt(createHash('md5').update(genre).digest().readUInt32BE(12));
    genreHashes.set(genre, hash);
  }
  return ratingId(userId, movieId) ^ hash;
}

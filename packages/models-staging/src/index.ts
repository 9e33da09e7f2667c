export { srcGenomeScores } from './staging/src_genome_scores.js';
export { srcGenomeTags } from './staging/src_genome_tags.js';
export { srcLinks } from './staging/src_links.js';
export { srcMovies } from './staging/src_movies.js';
export { srcRatings } from './staging/src_ratings.js';
export { srcTags } from './staging/src_tags.js';

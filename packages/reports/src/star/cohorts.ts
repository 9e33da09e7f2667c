import { cubeCohorts } from '@matinee/models-audience';
import { starTable } from '@matinee/powerbi';

/** Users of all levels and genres: neither filters a cohort, the days of first ratings do. */
export const cohort = starTable(cubeCohorts, { name: 'Cohort' });

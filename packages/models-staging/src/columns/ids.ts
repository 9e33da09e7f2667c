import { integer } from '@matinee/core';

export const movieId = integer().describe('Id of the movie at MovieLens.');
export const userId = integer().describe('Id of the user at MovieLens.');
export const tagId = integer().describe('Id of the tag in the tag genome.');

/** What stands in the place of a genre where a movie names none. */
export const noGenre = '(no genres listed)';

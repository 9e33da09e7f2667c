/** Changes one published row of an incremental table, as a wrong increment would have left it. */

/** @returns what a sequence tells of every build to come: a row is changed before each but the first, for some are rebuilt */
export function tamperWith({ tables }) {
  const table = tables.find(({ name }) => name === 'fct_user_behaviour_genres_concat');
  return async (warehouse, number) => {
    if (number === 0 || !table) return;
    const session = await warehouse.openSession();
    try {
      await session.execute(
        `update ${table.relation} set rating = rating + 0.25 where rating_id = (select min(rating_id) from ${table.relation})`,
      );
    } finally {
      await session.close();
    }
  };
}

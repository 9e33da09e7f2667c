/** What `recommendation_category` may be. In a–z order, which is also the order that an engine gives an enum. */
export const categoryNames = ['evergreen', 'fading', 'rising_star'] as const;

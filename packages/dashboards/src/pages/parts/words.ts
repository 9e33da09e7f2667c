/** `Super-High-Engagement` as `Super high`. */
export function levelLabel(level: string): string {
  return sentence(level.replace(/-Engagement$/, '').replaceAll('-', ' '));
}

/** `rising_star` as `Rising star`. */
export function categoryLabel(category: string): string {
  return sentence(category.replaceAll('_', ' '));
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

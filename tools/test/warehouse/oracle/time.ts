/** `YYYY-MM-DD HH:MM:SS` in UTC. */
export function utcText(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

/** Seconds since 1970 of a UTC day or time written as text. */
export function epochSeconds(text: string): number {
  const time = text.length > 10 ? `${text.replace(' ', 'T')}Z` : `${text}T00:00:00Z`;
  return Date.parse(time) / 1000;
}

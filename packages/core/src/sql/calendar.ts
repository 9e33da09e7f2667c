/**
 * Whether the calendar has a day or UTC time written `YYYY-MM-DD`, with or without ` HH:MM[:SS[.ffffff]]` behind it.
 * JavaScript alone takes 30 February for 2 March.
 */
export function isCalendarText(text: string): boolean {
  const [day = '', time = '00:00'] = text.split(/[ T]/);
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day)) return false;
  return /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/.test(time);
}

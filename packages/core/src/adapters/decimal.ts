/** A double has as many decimal digits for sure. */
const DIGITS = 15;

/** A decimal as a number, or as the text it came as if a double cannot hold all its digits. */
export function decimalValue(text: string): number | string {
  const significant = text.replace(/[-+.]/g, '').replace(/^0+/, '');
  const digits = text.includes('.') ? significant.replace(/0+$/, '') : significant;
  return digits.length <= DIGITS ? Number(text) : text;
}

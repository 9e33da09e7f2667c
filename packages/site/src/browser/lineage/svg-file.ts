import type { Palette } from '../theme/palette.js';
import type { Layout } from './layout.js';

const MARGIN = 24;

/** A drawing as a file of its own: all of it, at its own size, on the ground it was drawn for. */
export function svgFile(content: SVGGElement, { width, height }: Layout, { background }: Palette): string {
  const copy = content.cloneNode(true) as SVGGElement;
  copy.setAttribute('transform', `translate(${MARGIN} ${MARGIN})`);
  const [full, tall] = [Math.ceil(width + 2 * MARGIN), Math.ceil(height + 2 * MARGIN)];
  const body = new XMLSerializer().serializeToString(copy);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${full}" height="${tall}" viewBox="0 0 ${full} ${tall}"><rect width="100%" height="100%" fill="${background}"/>${body}</svg>\n`;
}

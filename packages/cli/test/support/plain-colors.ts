import { createColors } from '../../src/output/colors.js';

/** No colours, so that tests compare text. */
export const plain = createColors(false);

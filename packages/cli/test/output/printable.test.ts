import { describe, expect, it } from 'vitest';
import { printable } from '../../src/output/printable.js';
import { cellText } from '../../src/output/rows-table.js';
import { toJson } from '../../src/output/to-json.js';

describe('control characters', () => {
  const text = 'a\u0000b\nc\td\re\u001b[31mf\u007fg\u009bh';

  it('are pictures in tables and messages', () => {
    expect(printable(text)).toBe('a␀b⏎c d␍e␛[31mf␡g\ufffdh');
    expect(cellText(text)).toBe(printable(text));
    expect(printable('Misérables 日本 🎬 \u00a0')).toBe('Misérables 日本 🎬 \u00a0');
  });

  it('are escaped in JSON, which gives them back', () => {
    expect(toJson({ text })).not.toMatch(/\p{Cc}/u);
    expect(JSON.parse(toJson({ text }))).toEqual({ text });
  });
});

/** What stands for the line break, tab and delete character; the others have pictures in Unicode from U+2400 on. */
const PICTURES: Readonly<Record<string, string>> = { '\n': '⏎', '\t': ' ', '\u007f': '␡' };

/** Text with its control characters made visible: what was delivered must not steer the terminal that shows it. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => {
    const code = character.charCodeAt(0);
    return PICTURES[character] ?? (code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd');
  });
}

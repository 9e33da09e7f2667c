/** Whether a file or folder of this name is none of a delivery's: markers such as `_SUCCESS`, and what is hidden. */
export function isIgnored(name: string): boolean {
  return name.startsWith('_') || name.startsWith('.');
}

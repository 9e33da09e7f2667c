import { FileChecksum } from '../checksums/file-checksum.js';
import { scanFile } from '../scan/scan-file.js';
import type { Scanner } from '../scan/scanner.js';
import type { FileContext } from './context.js';
import type { FileToLoad } from './load-file.js';

/**
 * Runs a scanner over a delivered file.
 *
 * @returns the file's checksum, where its place goes by it and all bytes were read as they were delivered
 */
export async function scanDelivered(
  { place, request: { signal } }: FileContext,
  { file, path, onBytes }: FileToLoad,
  scanner: Scanner,
): Promise<string | undefined> {
  const isAsDelivered = place.checksum && path === place.locate(file.path);
  const checksum = isAsDelivered ? new FileChecksum() : undefined;
  await scanFile(path, scanner, { signal, onBytes, checksum });
  return scanner.clean ? checksum?.text : undefined;
}

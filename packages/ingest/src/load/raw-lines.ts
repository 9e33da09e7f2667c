import type { FileReading } from '../reading/reading.js';
import { scanFile } from '../scan/scan-file.js';
import { rawText, Scanner } from '../scan/scanner.js';
import type { RecordSink } from '../scan/sink.js';

/** Hands over the raw text of the records that begin on given lines. */
export async function forRawLines(
  path: string,
  reading: FileReading,
  lines: readonly number[],
  take: (line: number, raw: string) => void,
): Promise<void> {
  if (lines.length === 0) return;
  const wanted = new Set(lines);
  const handOver = (bytes: Uint8Array, from: number, to: number, line: number) => {
    if (wanted.has(line)) take(line, rawText(bytes, from, to));
  };
  // Records that are rewritten do not come with their bytes: their values stand for them.
  const sink: RecordSink = {
    block: () => undefined,
    accept: handOver,
    rewrite: (values, _from, _to, line) => {
      const raw = Buffer.from(values.map((value) => Buffer.from(value).toString()).join(','));
      handOver(raw, 0, raw.length, line);
    },
    reject: () => undefined,
  };
  await scanFile(path, new Scanner(reading, sink));
}

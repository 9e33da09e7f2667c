/** Preloaded into a measured process: leaves its peak memory, in bytes, in the file that MATINEE_PEAK_FILE names. */
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const file = process.env.MATINEE_PEAK_FILE;
  if (file) writeFileSync(file, String(process.resourceUsage().maxRSS * 1024));
});

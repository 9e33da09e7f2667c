/** Preloaded into a measured process: leaves what it used in the file that MATINEE_USAGE_FILE names. */
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const file = process.env.MATINEE_USAGE_FILE;
  if (!file) return;
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(
    file,
    JSON.stringify({ peakBytes: maxRSS * 1024, processor: (userCPUTime + systemCPUTime) / 1e6 }),
  );
});

import type { PastBuild } from '@matinee/core';
import type { BuildDocs } from '../../contract/docs.js';
import { utcTime } from '../utc-time.js';

export function describeBuild({ startedAt, action, status, seconds, rows }: PastBuild): BuildDocs {
  return { at: utcTime(startedAt), action, status, seconds: status === 'skipped' ? null : seconds, rows };
}

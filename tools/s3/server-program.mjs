/** Where the S3 server of the tests is installed. */
import { pythonEnvironment } from '../python/environment.mjs';

/** The program's path, or undefined where it is not installed. */
export function serverProgram() {
  const environment = pythonEnvironment('s3');
  return environment.isReady() ? environment.program('weed') : undefined;
}

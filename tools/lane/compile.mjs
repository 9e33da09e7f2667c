/** `node tools/lane/compile.mjs`: makes the fast lane anew after its sources were changed. */
import { compileLane, hasCompiler, lane } from './compiler.mjs';

if (!hasCompiler()) {
  console.error('The compiler is not installed: node tools/lane/install.mjs');
  process.exit(2);
}
await compileLane(lane);

/** The parts that tests use on their own; typed in index.d.mts. */

export { randomOf } from '../seeded/random.mjs';
export { runBuild } from './build.mjs';
export { changeOrders, firstInputs } from './inputs.mjs';
export { judgeFinished, judgeKilled } from './judge.mjs';
export { LAWS_AT_ANY_MOMENT, LAWS_AT_REST } from './laws.mjs';
export { observe } from './observe.mjs';
export { Workspace } from './workspace.mjs';

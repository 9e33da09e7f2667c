/**
 * A process that runs one command after another, as processes of their own would but for what they all load. It is told
 * the folder, the environment and the arguments of each, and tells what came of it. Whatever a command imports of its
 * workspace stays loaded: code that changes needs a process of its own.
 */
import { stripEngine, stripper } from '../../bin/engine.mjs';

await stripEngine();
const { runCommand } = await import('../../dist/main.js');

process.on('disconnect', () => process.exit());
process.on('message', async ({ id, ...task }) => {
  const answer = await (task.strip ? strip(task) : run(task)).catch((error) => ({
    error: String(error?.stack),
  }));
  process.send({ id, ...answer });
});

/** Brings what was made of TypeScript in step with it. What is no TypeScript is for the command to tell. */
async function strip({ strip: folders }) {
  await stripper.stripTypes(folders).catch(() => undefined);
  return {};
}

async function run({ args, cwd, env }) {
  const output = { stdout: '', stderr: '' };
  const { argv, env: own } = process;
  process.chdir(cwd);
  process.argv = [...argv.slice(0, 2), ...args];
  process.env = env;
  const restore = [capture('stdout', output), capture('stderr', output)];
  try {
    return { code: await runCommand(stripper), ...output };
  } finally {
    for (const put of restore) put();
    Object.assign(process, { argv, env: own });
    // A command listens for the rest of its process's life.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
  }
}

function capture(name, output) {
  const stream = process[name];
  const { write } = stream;
  stream.write = (text) => {
    output[name] += text;
    return true;
  };
  return () => {
    stream.write = write;
    stream.removeAllListeners('error');
  };
}

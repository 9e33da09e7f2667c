import { expect, it } from 'vitest';
import { COMMANDS } from '../../src/commands.js';
import type { Context } from '../../src/context.js';
import { recorder } from '../support/recorder.js';

it.each(COMMANDS)(
  'the names $names are those that the loaded commands answer to',
  async ({ names, load }) => {
    const context = { terminal: recorder(), env: {}, cwd: '.', argv: [] } as unknown as Context;
    const commands = await load(context, () => undefined);
    expect(commands.flatMap((command) => [command.name(), ...command.aliases()])).toEqual(names);
  },
);

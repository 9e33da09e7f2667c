/** Warehouses on our emulator of Snowflake, in this process and through the real driver. */
import { join } from 'node:path';
import { stripTypes } from '../../packages/cli/bin/strip-types.mjs';
import { root } from '../run.mjs';

const PASSWORD = 'secret';

/** @param {{ openSnowflake: Function, Secret: Function }} core */
export async function openEmulator({ openSnowflake, Secret }) {
  await stripTypes([join(root, 'tools')]);
  const { startEmulator } = await import('../dist/snowflake-emulator/server.js');
  const { DuckDbEngine } = await import('../dist/snowflake-emulator/engine/index.js');
  const databases = Array.from({ length: 1000 }, (_, number) => `LAW${number}`);
  const engine = await DuckDbEngine.open({ databases });
  const emulator = await startEmulator({ engine, users: [{ name: 'LAW', password: PASSWORD }] });
  return {
    /** An empty one. */
    openWarehouse: () =>
      openSnowflake({
        account: 'LAW-TEST',
        user: 'LAW',
        database: databases.pop(),
        credentials: { method: 'password', secret: new Secret(PASSWORD) },
        accessUrl: emulator.url,
      }),
    async close() {
      await emulator.close();
      await engine.close();
    },
  };
}

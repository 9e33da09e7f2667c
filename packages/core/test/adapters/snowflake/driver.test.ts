import { describe, expect, it } from 'vitest';
import { type Driver, loadDriver } from '../../../src/adapters/snowflake/driver.js';

describe('the driver', () => {
  it('that is not installed is told with the command that installs it', async () => {
    const missing = Object.assign(new Error("Cannot find package 'snowflake-sdk'"), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
    await expect(loadDriver(undefined, () => Promise.reject(missing))).rejects.toMatchObject({
      name: 'WarehouseError',
      code: 'SNOWFLAKE_DRIVER',
      hint: 'Install it: pnpm add -w --prod snowflake-sdk',
    });
  });

  it('is loaded with its looking around off, and tells nobody but us', async () => {
    const configured: Parameters<Driver['configure']>[0][] = [];
    const told: string[] = [];
    let seen: string | undefined;
    const fake = {
      configure: (options: (typeof configured)[0]) => configured.push(options),
    } as unknown as Driver;
    const load = async () => {
      seen = process.env.SNOWFLAKE_DISABLE_PLATFORM_DETECTION;
      return { default: fake };
    };
    await loadDriver(undefined, load);
    await loadDriver((message) => told.push(message), load);
    expect(seen).toBe('true');
    expect(configured.map((options) => options?.logLevel)).toEqual(['OFF', 'WARN']);
    configured[0]?.customLogger?.error('lost');
    configured[1]?.customLogger?.warn('a warning');
    configured[1]?.customLogger?.info('account and user');
    expect(told).toEqual(['a warning']);
  });
});

import { messageOf, WarehouseError } from '../../errors.js';

export type Driver = typeof import('snowflake-sdk');

/**
 * Read by the driver as it is loaded: it looks for clouds to be in, loads a native library and sends what it has found, and
 * the AWS SDK in it warns of this Node's age.
 */
const SWITCHES = {
  SNOWFLAKE_DISABLE_PLATFORM_DETECTION: 'true',
  SNOWFLAKE_DISABLE_MINICORE: '1',
  SF_TELEMETRY_DISABLE_CONNECTION_SHAPE: '1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
} as const;

/**
 * Loads Snowflake's driver, which takes half a second: it is loaded by nothing else. It writes to no file and no stream; its
 * logger is the process's one, so the last `onLog` given is told.
 *
 * @throws WarehouseError SNOWFLAKE_DRIVER
 */
export async function loadDriver(
  onLog?: (message: string) => void,
  importDriver: () => Promise<{ readonly default: Driver }> = () => import('snowflake-sdk'),
): Promise<Driver> {
  for (const [name, value] of Object.entries(SWITCHES)) process.env[name] ??= value;
  const driver = await importDriver().then(
    (module) => module.default,
    (error: unknown) => {
      throw notLoaded(error);
    },
  );
  configure(driver, onLog);
  return driver;
}

function configure(driver: Driver, onLog: ((message: string) => void) | undefined): void {
  const silent = () => {};
  const tell = onLog ?? silent;
  driver.configure({
    logLevel: onLog ? 'WARN' : 'OFF',
    customLogger: { error: tell, warn: tell, info: silent, debug: silent, trace: silent },
  });
}

function notLoaded(error: unknown): WarehouseError {
  const isMissing = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
  return isMissing
    ? new WarehouseError('SNOWFLAKE_DRIVER', "Snowflake's driver is not installed.", {
        hint: 'Install it: pnpm add -w --prod snowflake-sdk',
      })
    : new WarehouseError('SNOWFLAKE_DRIVER', `Snowflake's driver cannot be loaded: ${messageOf(error)}`, {
        hint: 'Install it again: pnpm add -w --prod snowflake-sdk',
      });
}

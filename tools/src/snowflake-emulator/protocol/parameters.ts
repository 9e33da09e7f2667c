/** Session parameters: what a session begins with where nobody says otherwise, and how responses list them. */

export type ParameterValue = string | number | boolean;
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** Those a driver reads, with the values a new account has. */
export const DEFAULT_PARAMETERS: Parameters = {
  AUTOCOMMIT: true,
  BINARY_OUTPUT_FORMAT: 'HEX',
  CLIENT_PREFETCH_THREADS: 4,
  CLIENT_SESSION_KEEP_ALIVE: false,
  CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY: 3600,
  CLIENT_STAGE_ARRAY_BINDING_THRESHOLD: 65_280,
  CLIENT_TELEMETRY_ENABLED: true,
  DATE_OUTPUT_FORMAT: 'YYYY-MM-DD',
  JS_TREAT_INTEGER_AS_BIGINT: false,
  QUERY_CONTEXT_CACHE_SIZE: 5,
  SERVICE_NAME: '',
  TIMESTAMP_LTZ_OUTPUT_FORMAT: '',
  TIMESTAMP_NTZ_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF3',
  TIMESTAMP_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM',
  TIMESTAMP_TZ_OUTPUT_FORMAT: '',
  TIMEZONE: 'America/Los_Angeles',
  TIME_OUTPUT_FORMAT: 'HH24:MI:SS',
};

/** Reads parameters of a request: names in upper case, and values of other types left out. */
export function parametersOf(given: unknown): Parameters {
  if (typeof given !== 'object' || given === null) return {};
  const plain = Object.entries(given).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  );
  return Object.fromEntries(plain.map(([name, value]) => [name.toUpperCase(), value as ParameterValue]));
}

export const parameterList = (parameters: Parameters): { name: string; value: ParameterValue }[] =>
  Object.entries(parameters).map(([name, value]) => ({ name, value }));

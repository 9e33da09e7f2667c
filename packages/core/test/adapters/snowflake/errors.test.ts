import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toFailure } from '../../../src/adapters/snowflake/failure.js';
import { loginError } from '../../../src/adapters/snowflake/login-errors.js';
import { statementError } from '../../../src/adapters/snowflake/statement-errors.js';
import { Secret, type SnowflakeConnection } from '../../../src/index.js';

const options: SnowflakeConnection = {
  account: 'ACME-FILMS',
  user: 'ANNA',
  role: 'BUILDER',
  warehouse: 'SMALL',
  database: 'FILMS',
  credentials: { method: 'key', secret: new Secret('the key') },
};

const failed = (code: string | number, message: string, data: object = {}) =>
  statementError(toFailure({ code, message, data }), 'select 1,\n  nope', options);

describe('what Snowflake says of a statement', () => {
  it.each([
    [
      '002003',
      "SQL compilation error:\nObject 'FILMS.RAW.X' does not exist or not authorized.",
      'STATEMENT_FAILED',
      "Object 'FILMS.RAW.X' does not exist or not authorized.",
    ],
    [
      '001003',
      "SQL compilation error:\nsyntax error line 2 at position 2 unexpected 'nope'.",
      'STATEMENT_FAILED',
      "syntax error: unexpected 'nope'.",
    ],
    ['000604', 'SQL execution canceled', 'STATEMENT_INTERRUPTED', 'The statement was interrupted.'],
    [
      '000606',
      'No active warehouse selected in the current session.',
      'SNOWFLAKE_WAREHOUSE',
      'Warehouse SMALL cannot be used: No active warehouse selected in the current session.',
    ],
    [
      '000610',
      'Too many requests.',
      'SNOWFLAKE_QUEUE_FULL',
      'Too much is waiting already: Too many requests.',
    ],
    [
      '000625',
      "Statement 'x' has locked table 'T' in transaction 1.",
      'SNOWFLAKE_LOCK_TIMEOUT',
      "Another transaction holds a lock that this statement needs: Statement 'x' has locked table 'T' in transaction 1.",
    ],
    [
      '000630',
      'Statement reached its statement or warehouse timeout of 10 second(s) and was canceled.',
      'STATEMENT_TIMEOUT',
      'Statement reached its statement or warehouse timeout of 10 second(s) and was canceled.',
    ],
    [
      '003001',
      "SQL access control error:\nInsufficient privileges to operate on schema 'RAW'",
      'SNOWFLAKE_PRIVILEGES',
      "Role BUILDER may not do this: SQL access control error: Insufficient privileges to operate on schema 'RAW'",
    ],
    [
      '100090',
      'Duplicate row detected during DML action\nRow Values: [1, "secret of a user"]',
      'STATEMENT_FAILED',
      'Several source rows match one row of the target: the key is not unique in what is merged.',
    ],
    ['100051', 'Division by zero', 'STATEMENT_FAILED', 'Division by zero'],
    ['100999', 'Bad row\nRow Values: [1, "secret of a user"]', 'STATEMENT_FAILED', 'Bad row'],
  ])('%s: %s', (code, message, ours, told) => {
    expect(failed(code, message)).toMatchObject({ name: 'StatementError', code: ours, message: told });
  });

  it('names the role and what to grant', () => {
    expect(failed('003001', "Insufficient privileges to operate on table 'T'").hint).toContain(
      'granted to BUILDER',
    );
  });

  it.each([
    [{ line: 2, pos: 2 }, '', 12],
    [{ line: -1, pos: -1 }, '', undefined],
    [{}, 'syntax error line 1 at position 7 unexpected', 7],
    [{ line: 9, pos: 0 }, '', undefined],
    [{ line: 1, pos: 900 }, '', undefined],
  ])('has its place: %o %s', (data, message, position) => {
    expect(failed('001003', message, data)).toMatchObject({ position });
  });

  it('never has a place outside of the statement', () => {
    const places = fc.property(fc.string(), fc.integer(), fc.integer(), (sql, line, pos) => {
      const { position = 0 } = statementError(
        toFailure({ code: '001003', message: 'x', data: { line, pos } }),
        sql,
        options,
      ) as {
        position?: number;
      };
      return position >= 0 && position <= sql.length;
    });
    fc.assert(places, { numRuns: 200 });
  });
});

describe('what is wrong with a login', () => {
  const refused = (error: object) => loginError(toFailure(error), options);

  it.each([
    [{ code: '390144', message: 'JWT token is invalid.' }, 'SNOWFLAKE_CREDENTIALS', /clock of this machine/],
    [
      { code: '390186', message: "Role 'BUILDER' is not granted" },
      'SNOWFLAKE_ROLE',
      /grant role BUILDER to user ANNA/,
    ],
    [
      { code: '390422', message: 'IP 10.0.0.1 is not allowed to access Snowflake' },
      'SNOWFLAKE_NETWORK_POLICY',
      /network policy/,
    ],
    [{ code: '394508', message: 'MFA enrollment is required' }, 'SNOWFLAKE_MFA', /key pair/],
    [
      { code: 401001, message: 'Network error', cause: { code: 'ENOTFOUND' } },
      'SNOWFLAKE_ACCOUNT',
      /ORGANIZATION-ACCOUNT/,
    ],
    [
      { code: 401002, message: 'Request failed', response: { status: 404 } },
      'SNOWFLAKE_ACCOUNT',
      /ORGANIZATION-ACCOUNT/,
    ],
    [
      { code: 401002, message: 'Request failed', response: { status: 503 } },
      'WAREHOUSE_UNREACHABLE',
      /status.snowflake.com/,
    ],
  ])('%o', (error, code, hint) => {
    expect(refused(error)).toMatchObject({ code, hint: expect.stringMatching(hint) });
  });

  it('knows the form with a point that the account menu copies for SQL', () => {
    const failure = toFailure({ code: 401002, message: 'Request failed', response: { status: 404 } });
    const hintFor = (account: string) => loginError(failure, { ...options, account }).hint;
    expect(hintFor('ACME.FILMS')).toMatch(/^Set SNOWFLAKE_ACCOUNT to ACME-FILMS, /);
    expect(hintFor('ab12345.eu-west-1')).toMatch(/^Set SNOWFLAKE_ACCOUNT to ORGANIZATION-ACCOUNT, /);
  });

  it('keeps nothing of what the driver hangs on its errors', () => {
    const error = refused({
      code: 401002,
      message: 'Request failed',
      response: {
        status: 503,
        config: { headers: { Authorization: 'Snowflake Token="abc"' }, data: '{"PASSWORD":"correct horse"}' },
      },
      cause: { config: { data: 'correct horse' } },
    });
    expect(error.cause).toBeUndefined();
    expect(JSON.stringify({ ...error, message: error.message })).not.toMatch(/correct horse|abc/);
  });
});

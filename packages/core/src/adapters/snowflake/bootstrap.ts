import { quoteIdentifier } from '../../sql/identifier.js';
import { formatLiteral } from '../../sql/literal.js';
import type { StageConfig } from './stage-config.js';

/** What a target needs of an account, in the names that it will use. */
export interface Bootstrap {
  readonly target: string;
  readonly database: string;
  readonly warehouse: string;
  readonly role: string;
  readonly user: string;
  readonly stage?: StageConfig;
  /** Where files are delivered, if that is a bucket: `s3://bucket/prefix`. */
  readonly source?: string;
}

const PROPOSED_INTEGRATION = 'matinee_s3';

const PROPOSAL = `-- The target names no 'stage', so builds would need AWS keys in their environment, or a public bucket. To do without
-- keys, run this, and write into the target: stage: { integration: '${PROPOSED_INTEGRATION}' }
`;

const quote = (name: string) => quoteIdentifier(name, 'snowflake');
const literal = (text: string) => formatLiteral(text, 'snowflake');

/** Names of a stage that is not in the target's own database or schema stand in front of it, parted by points. */
const quotePath = (name: string) => name.split('.').map(quote).join('.');

/**
 * The statements that an administrator runs once, before a target is built for the first time. Placeholders stand in angle
 * brackets. Everything may be run again: what is there stays.
 */
export function bootstrapScript(bootstrap: Bootstrap): string {
  const { target } = bootstrap;
  const sections = [
    `-- What target '${target}' needs, once. Nothing of this has been run.
-- Read it, put in what stands in <angle brackets>, and run it in a worksheet.`,
    identity(bootstrap),
    resources(bootstrap),
    ...bucket(bootstrap),
  ];
  return `${sections.join('\n\n')}\n`;
}

function identity({ role, user, warehouse, database }: Bootstrap): string {
  return `-- Who builds. The key pair is made with
--   openssl genrsa 2048 | openssl pkcs8 -topk8 -inform PEM -out matinee.p8
--   openssl rsa -in matinee.p8 -pubout -out matinee.pub
-- and the public key goes here, in one line and without its first and last.
use role useradmin;
create role if not exists ${quote(role)} comment = 'Builds the warehouse with Matinee.';
create user if not exists ${quote(user)}
  type = service
  default_role = ${quote(role)}
  default_warehouse = ${quote(warehouse)}
  default_namespace = ${quote(database)}
  rsa_public_key = '<PUBLIC KEY>'
  comment = 'Builds the warehouse with Matinee.';
grant role ${quote(role)} to user ${quote(user)};
grant role ${quote(role)} to role sysadmin;`;
}

function resources({ role, warehouse, database }: Bootstrap): string {
  return `-- What computes, and where the tables are. The role makes its schemas itself and owns them.
use role sysadmin;
create warehouse if not exists ${quote(warehouse)}
  warehouse_size = xsmall auto_suspend = 60 auto_resume = true initially_suspended = true;
grant usage, operate on warehouse ${quote(warehouse)} to role ${quote(role)};
create database if not exists ${quote(database)};
grant usage, create schema on database ${quote(database)} to role ${quote(role)};`;
}

function bucket({ role, database, stage = {}, source }: Bootstrap): readonly string[] {
  const url = stage.url ?? (source?.startsWith('s3://') ? source : undefined);
  const { name } = stage;
  const sections: string[] = [];
  const isProposed = name === undefined && stage.integration === undefined && url !== undefined;
  const integration = isProposed ? PROPOSED_INTEGRATION : stage.integration;
  if (integration !== undefined) {
    sections.push(`${isProposed ? PROPOSAL : ''}-- How Snowflake may read the bucket. DESC shows STORAGE_AWS_IAM_USER_ARN and STORAGE_AWS_EXTERNAL_ID: the trust policy
-- of the AWS role must allow that user to assume it with that id, and the AWS role must allow s3:GetObject,
-- s3:GetObjectVersion, s3:ListBucket and s3:GetBucketLocation.
use role accountadmin;
create storage integration if not exists ${quote(integration)}
  type = external_stage storage_provider = 's3' enabled = true
  storage_aws_role_arn = '<ARN OF THE AWS ROLE>'
  storage_allowed_locations = (${literal(withSlash(url ?? 's3://<BUCKET>/<PREFIX>'))});
desc integration ${quote(integration)};
grant usage on integration ${quote(integration)} to role ${quote(role)};`);
  }
  if (name !== undefined) sections.push(stageSection(name, database, role, url, integration));
  return sections;
}

function stageSection(
  name: string,
  database: string,
  role: string,
  url: string | undefined,
  integration: string | undefined,
): string {
  const full = fullName(name, database);
  const schema = full.slice(0, -1).map(quote).join('.');
  const by = integration === undefined ? '' : `\n  storage_integration = ${quote(integration)}`;
  const grants =
    full[0]?.toUpperCase() === database.toUpperCase()
      ? ''
      : `grant usage on database ${quote(full[0]!)} to role ${quote(role)};\n`;
  return `-- The stage that the target names.
use role accountadmin;
create schema if not exists ${schema};
create stage if not exists ${quotePath(full.join('.'))}
  url = ${literal(withSlash(url ?? 's3://<BUCKET>/<PREFIX>'))}${by};
${grants}grant usage on schema ${schema} to role ${quote(role)};
grant usage on stage ${quotePath(full.join('.'))} to role ${quote(role)};`;
}

/** Database, schema and name of a stage; a bare name is in PUBLIC. */
function fullName(name: string, database: string): readonly string[] {
  const parts = name.split('.');
  if (parts.length >= 3) return parts;
  return [database, ...(parts.length === 2 ? parts : ['public', name])];
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

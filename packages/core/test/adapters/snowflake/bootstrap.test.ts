import { bootstrapScript } from '@matinee/core';
import { expect, it } from 'vitest';

const names = { target: 'prod', database: 'movies', warehouse: 'wh', role: 'builder', user: 'ci' };

it('prints what a target needs of an account, the way into its bucket included', () => {
  expect(
    bootstrapScript({
      ...names,
      stage: { name: 'landing.films', url: "s3://bucket/o'hara", integration: 's3_films' },
    }),
  ).toMatchInlineSnapshot(`
    "-- What target 'prod' needs, once. Nothing of this has been run.
    -- Read it, put in what stands in <angle brackets>, and run it in a worksheet.

    -- Who builds. The key pair is made with
    --   openssl genrsa 2048 | openssl pkcs8 -topk8 -inform PEM -out matinee.p8
    --   openssl rsa -in matinee.p8 -pubout -out matinee.pub
    -- and the public key goes here, in one line and without its first and last.
    use role useradmin;
    create role if not exists "BUILDER" comment = 'Builds the warehouse with Matinee.';
    create user if not exists "CI"
      type = service
      default_role = "BUILDER"
      default_warehouse = "WH"
      default_namespace = "MOVIES"
      rsa_public_key = '<PUBLIC KEY>'
      comment = 'Builds the warehouse with Matinee.';
    grant role "BUILDER" to user "CI";
    grant role "BUILDER" to role sysadmin;

    -- What computes, and where the tables are. The role makes its schemas itself and owns them.
    use role sysadmin;
    create warehouse if not exists "WH"
      warehouse_size = xsmall auto_suspend = 60 auto_resume = true initially_suspended = true;
    grant usage, operate on warehouse "WH" to role "BUILDER";
    create database if not exists "MOVIES";
    grant usage, create schema on database "MOVIES" to role "BUILDER";

    -- How Snowflake may read the bucket. DESC shows STORAGE_AWS_IAM_USER_ARN and STORAGE_AWS_EXTERNAL_ID: the trust policy
    -- of the AWS role must allow that user to assume it with that id, and the AWS role must allow s3:GetObject,
    -- s3:GetObjectVersion, s3:ListBucket and s3:GetBucketLocation.
    use role accountadmin;
    create storage integration if not exists "S3_FILMS"
      type = external_stage storage_provider = 's3' enabled = true
      storage_aws_role_arn = '<ARN OF THE AWS ROLE>'
      storage_allowed_locations = ('s3://bucket/o''hara/');
    desc integration "S3_FILMS";
    grant usage on integration "S3_FILMS" to role "BUILDER";

    -- The stage that the target names.
    use role accountadmin;
    create schema if not exists "MOVIES"."LANDING";
    create stage if not exists "MOVIES"."LANDING"."FILMS"
      url = 's3://bucket/o''hara/'
      storage_integration = "S3_FILMS";
    grant usage on schema "MOVIES"."LANDING" to role "BUILDER";
    grant usage on stage "MOVIES"."LANDING"."FILMS" to role "BUILDER";
    "
  `);
});

it('has the integration allow the place of the source where no stage is named', () => {
  const script = bootstrapScript({ ...names, stage: { integration: 'i' }, source: 's3://bucket/ml-20m' });
  expect(script).toContain("storage_allowed_locations = ('s3://bucket/ml-20m/')");
  expect(script).not.toContain('create stage');
});

it('speaks of no bucket where none is used', () => {
  const script = bootstrapScript({ ...names, source: '/data/ml-20m' });
  expect(script).not.toMatch(/integration|stage|s3/);
});

it('names only objects, never a secret', () => {
  expect(bootstrapScript(names).match(/<[^>]+>/g)).toEqual(['<angle brackets>', '<PUBLIC KEY>']);
});

it('proposes an integration for a bucket that the target names no way into', () => {
  const script = bootstrapScript({ ...names, source: 's3://films/ml' });
  expect(script).toContain(
    "-- keys, run this, and write into the target: stage: { integration: 'matinee_s3' }\n-- How Snowflake",
  );
  expect(script).toContain('create storage integration if not exists "MATINEE_S3"\n');
  expect(script).toContain("storage_allowed_locations = ('s3://films/ml/');");
  expect(script).not.toContain('create stage');
  expect(bootstrapScript({ ...names, source: '/data/ml' })).not.toContain('integration');
});

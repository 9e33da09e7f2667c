/** The schema that holds the ledger, behind the target's prefix. */
export const LEDGER_SCHEMA = '_matinee';

/**
 * The ledger's tables, column by column; docs/ledger.md describes them for people who query them. Times are UTC. A column
 * that a ledger of an earlier version lacks is added to it, with nulls.
 */
export const LEDGER_TABLES = {
  runs: {
    run_id: 'varchar',
    command: 'varchar',
    target: 'varchar',
    started_at: 'timestamp',
    seconds: 'double',
    status: 'varchar',
    variables: 'varchar',
    options: 'varchar',
    planned: 'varchar',
  },
  node_versions: {
    node: 'varchar',
    fingerprint: 'varchar',
    version: 'varchar',
    rows_version: 'varchar',
    inputs: 'varchar',
    base: 'varchar',
    definition: 'varchar',
    tests: 'varchar',
    unit_tests_version: 'varchar',
    row_count: 'bigint',
    run_id: 'varchar',
    published_at: 'timestamp',
  },
  node_results: {
    run_id: 'varchar',
    node: 'varchar',
    kind: 'varchar',
    action: 'varchar',
    status: 'varchar',
    reason: 'varchar',
    rows_changed: 'boolean',
    row_count: 'bigint',
    seconds: 'double',
    message: 'varchar',
  },
  test_results: {
    run_id: 'varchar',
    test: 'varchar',
    node: 'varchar',
    kind: 'varchar',
    severity: 'varchar',
    status: 'varchar',
    failures: 'bigint',
    seconds: 'double',
    message: 'varchar',
  },
  relations: {
    schema_name: 'varchar',
    relation_name: 'varchar',
    run_id: 'varchar',
    published_at: 'timestamp',
  },
  change_feeds: {
    node: 'varchar',
    from_version: 'varchar',
    to_version: 'varchar',
    changes: 'bigint',
    tracked: 'varchar',
    recorded_at: 'timestamp',
  },
  loaded_files: {
    load_id: 'varchar',
    source: 'varchar',
    place: 'varchar',
    file: 'varchar',
    version: 'varchar',
    shape: 'varchar',
    bytes: 'bigint',
    modified_at: 'timestamp',
    row_count: 'bigint',
    rejected_rows: 'bigint',
    repeated_rows: 'bigint',
    overruled_rows: 'bigint',
    hidden_rows: 'bigint',
    seconds: 'double',
  },
  rejected_rows: {
    load_id: 'varchar',
    source: 'varchar',
    file: 'varchar',
    line: 'bigint',
    column_name: 'varchar',
    reason: 'varchar',
    raw: 'varchar',
  },
} as const;

export type LedgerTable = keyof typeof LEDGER_TABLES;

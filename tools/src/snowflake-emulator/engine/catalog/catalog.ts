import { alreadyExists, doesNotExist } from '../errors.js';
import type { Database, Schema } from './objects.js';

/** Everything that is stored, as all sessions see it. DDL commits, so nothing here is ever rolled back but load history. */
export class Catalog {
  readonly databases = new Map<string, Database>();
  /** Warehouses, roles, users and integrations: by kind and name, as their statements left them. */
  readonly account = new Map<string, Map<string, string>>();
  #tables = 0;

  /** A name for a new table in DuckDB. */
  nextPhysical(): string {
    return `main.t${++this.#tables}`;
  }

  createDatabase(name: string, comment = ''): Database {
    if (this.databases.has(name)) throw alreadyExists(name);
    const database: Database = { name, created: nowNanos(), comment, schemas: new Map() };
    this.databases.set(name, database);
    this.createSchema(name, 'PUBLIC');
    return database;
  }

  createSchema(database: string, name: string, comment = '', transient = false): Schema {
    const { schemas } = this.database(database);
    if (schemas.has(name)) throw alreadyExists(`${database}.${name}`);
    const schema: Schema = {
      name,
      database,
      created: nowNanos(),
      transient,
      comment,
      relations: new Map(),
      stages: new Map(),
      formats: new Map(),
    };
    schemas.set(name, schema);
    return schema;
  }

  /** @throws SnowflakeError 002003. */
  database(name: string): Database {
    const database = this.databases.get(name);
    if (!database) throw doesNotExist('Database', name);
    return database;
  }

  /** @throws SnowflakeError 002003. */
  schema(database: string, name: string): Schema {
    const schema = this.database(database).schemas.get(name);
    if (!schema) throw doesNotExist('Schema', `${database}.${name}`);
    return schema;
  }

  ofAccount(kind: string): Map<string, string> {
    const known = this.account.get(kind) ?? new Map<string, string>();
    this.account.set(kind, known);
    return known;
  }
}

/** Nanoseconds since 1970, to the millisecond. */
export function nowNanos(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}

import { SnowflakeError } from '../engine.js';
import type { Catalog } from './catalog/catalog.js';
import type { FormatOptions, Relation, Schema, Stage } from './catalog/objects.js';
import { doesNotExist } from './errors.js';
import type { QualifiedName } from './syntax/ast.js';

/** Where a name stands: its parts filled in from the session. */
export interface Address {
  readonly database: string;
  readonly schema: string;
  readonly name: string;
}

export const shownAddress = ({ database, schema, name }: Address): string => `${database}.${schema}.${name}`;

/** What a session's names mean: the database and schema it uses, and what is temporary, which it alone sees. */
export class SessionState {
  readonly catalog: Catalog;
  database: string | null = null;
  schema: string | null = null;
  warehouse: string | null = null;
  role: string | null = null;
  readonly temporary = new Map<string, Relation>();
  readonly temporaryStages = new Map<string, Stage>();
  readonly temporaryFormats = new Map<string, FormatOptions>();
  readonly parameters = new Map<string, string | number | boolean>();
  readonly variables = new Map<string, string>();

  constructor(catalog: Catalog) {
    this.catalog = catalog;
  }

  /** The full name. @throws SnowflakeError 090105 without a current database or schema. */
  address({ parts }: QualifiedName): Address {
    if (parts.length > 3) throw doesNotExist('Object', parts.join('.'));
    const [name, schema = this.schema, database = this.database] = [...parts].reverse();
    if (database === null) throw noCurrent('database', `USE DATABASE`);
    if (schema === null) throw noCurrent('schema', `USE SCHEMA`);
    return { database, schema, name: name! };
  }

  /** The schema that an object's address is in. @throws SnowflakeError 002003. */
  schemaOf({ database, schema }: Address): Schema {
    return this.catalog.schema(database, schema);
  }

  /** The table or view at an address; the session's temporary ones hide others. */
  find(address: Address): Relation | undefined {
    const hidden = this.temporary.get(shownAddress(address));
    return (
      hidden ??
      this.catalog.databases.get(address.database)?.schemas.get(address.schema)?.relations.get(address.name)
    );
  }

  /** @throws SnowflakeError 002003. */
  relation(name: QualifiedName, kind = 'Object'): Relation {
    const address = this.address(name);
    const found = this.find(address);
    if (!found)
      throw doesNotExist(
        kind,
        name.parts.length === 1 && kind === 'Object' ? name.parts[0]! : shownAddress(address),
      );
    return found;
  }

  /** Puts a table or view under a name. */
  put(address: Address, relation: Relation): void {
    if (relation.kind === 'table' && relation.durability === 'temporary')
      this.temporary.set(shownAddress(address), relation);
    else this.schemaOf(address).relations.set(address.name, relation);
  }

  /** Takes a name away. */
  remove(address: Address): void {
    if (!this.temporary.delete(shownAddress(address))) this.schemaOf(address).relations.delete(address.name);
  }

  stage(name: QualifiedName): Stage {
    const address = this.address(name);
    const stage =
      this.temporaryStages.get(shownAddress(address)) ?? this.schemaOf(address).stages.get(address.name);
    if (!stage) throw doesNotExist('Stage', shownAddress(address));
    return stage;
  }

  format(name: QualifiedName): FormatOptions {
    const address = this.address(name);
    const format =
      this.temporaryFormats.get(shownAddress(address)) ?? this.schemaOf(address).formats.get(address.name);
    if (!format) throw doesNotExist('File format', shownAddress(address));
    return format;
  }

  parameter(name: string): string | number | boolean | undefined {
    return this.parameters.get(name);
  }
}

function noCurrent(what: string, command: string): SnowflakeError {
  return new SnowflakeError(
    '090105',
    '22000',
    `Cannot perform operation. This session does not have a current ${what}. Call '${command}', or use a qualified name.`,
  );
}

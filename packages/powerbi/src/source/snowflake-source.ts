import { isEphemeral, Model, type Namer, type Project, ProjectError } from '@matinee/core';
import { mText } from '../write/m-text.js';
import type { DataSource } from './data-source.js';

export interface SnowflakePlace {
  /** Such as `myorg-account`; undefined where nothing says. */
  readonly account: string | undefined;
  readonly warehouse: string | undefined;
  readonly role: string | undefined;
  readonly database: string | undefined;
}

/** Tables and views of a Snowflake target, through Power BI's own connector. Where they are is said by parameters. */
export function snowflakeSource(project: Project, names: Namer, place: SnowflakePlace): DataSource {
  const parameter = (name: string, description: string, value: string) => ({
    name,
    description,
    value,
    isRequired: true,
  });
  return {
    parameters: [
      parameter(
        'SnowflakeServer',
        'The host of the Snowflake account.',
        `${place.account ?? 'myorg-account'}.snowflakecomputing.com`,
      ),
      parameter(
        'SnowflakeWarehouse',
        'The warehouse that queries run in.',
        upper(place.warehouse, 'WAREHOUSE'),
      ),
      parameter('SnowflakeDatabase', 'The database of the target.', upper(place.database, 'DATABASE')),
      {
        name: 'SnowflakeRole',
        description: "The role to read with; null is the user's own.",
        value: place.role?.toUpperCase() ?? null,
        isRequired: false,
      },
    ],
    rowsOf: (relation) => {
      const node = project.placeOf(relation);
      if (isEphemeral(node)) {
        throw new ProjectError(
          'POWERBI_TABLE',
          `'${relation.name}' is ephemeral: there is no table to load.`,
          {
            location: relation.location,
            hint: 'Take what it reads, or keep it as a view.',
          },
        );
      }
      const isView = relation instanceof Model && relation.materialized.type === 'view';
      const schema = names.schema(node.schema).toUpperCase();
      return {
        steps: [
          [
            'Source',
            'Snowflake.Databases(SnowflakeServer, SnowflakeWarehouse, [Role = SnowflakeRole, Implementation = "2.0"])',
          ],
          ['Database', 'Source{[Name = SnowflakeDatabase, Kind = "Database"]}[Data]'],
          ['Schema', `Database{[Name = ${mText(schema)}, Kind = "Schema"]}[Data]`],
          [
            'Rows',
            `Schema{[Name = ${mText(relation.name.toUpperCase())}, Kind = "${isView ? 'View' : 'Table'}"]}[Data]`,
          ],
        ],
        column: (name) => name.toUpperCase(),
      };
    },
  };
}

const upper = (name: string | undefined, otherwise: string) => (name ?? otherwise).toUpperCase();

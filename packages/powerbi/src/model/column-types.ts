import type { DataType } from '@matinee/core';
import type { ModelType } from './semantic-model.js';

interface TypeInPowerBi {
  readonly model: ModelType;
  /** The type in M. */
  readonly m: string;
  readonly format: string | undefined;
}

/** What the types of a contract are in Power BI, which has no type for days alone in its models. */
export const typesInPowerBi: Record<DataType, TypeInPowerBi> = {
  int: { model: 'int64', m: 'Int64.Type', format: '0' },
  double: { model: 'double', m: 'type number', format: '#,0.00' },
  text: { model: 'string', m: 'type text', format: undefined },
  uuid: { model: 'string', m: 'type text', format: undefined },
  date: { model: 'dateTime', m: 'type date', format: 'yyyy-mm-dd' },
  timestamp: { model: 'dateTime', m: 'type datetime', format: 'yyyy-mm-dd hh:nn:ss' },
  boolean: { model: 'boolean', m: 'type logical', format: undefined },
};

import type { Place } from '../errors.js';
import type { SqlType } from '../types.js';

/** A name of up to three parts as stored: database, schema, object. */
export interface QualifiedName extends Place {
  readonly parts: readonly string[];
}

export type Expression = Place &
  (
    | { readonly type: 'number'; readonly text: string }
    | { readonly type: 'string'; readonly value: string }
    | { readonly type: 'null' }
    | { readonly type: 'default' }
    | { readonly type: 'boolean'; readonly value: boolean }
    | { readonly type: 'bind'; readonly index: number }
    | { readonly type: 'interval'; readonly text: string }
    | { readonly type: 'name'; readonly parts: readonly string[] }
    /** $1 of a staged file or of values. */
    | { readonly type: 'ordinal'; readonly index: number }
    | { readonly type: 'variable'; readonly name: string }
    | Call
    | {
        readonly type: 'case';
        readonly operand?: Expression;
        readonly whens: readonly When[];
        readonly otherwise?: Expression;
      }
    | { readonly type: 'cast'; readonly value: Expression; readonly to: SqlType; readonly isTry: boolean }
    | { readonly type: 'unary'; readonly operator: '-' | '+' | 'not'; readonly value: Expression }
    | {
        readonly type: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    | { readonly type: 'isNull'; readonly value: Expression; readonly negated: boolean }
    | {
        readonly type: 'isBoolean';
        readonly value: Expression;
        readonly is: boolean;
        readonly negated: boolean;
      }
    | {
        readonly type: 'distinct';
        readonly left: Expression;
        readonly right: Expression;
        readonly negated: boolean;
      }
    | {
        readonly type: 'between';
        readonly value: Expression;
        readonly low: Expression;
        readonly high: Expression;
        readonly negated: boolean;
      }
    | {
        readonly type: 'in';
        readonly value: Expression;
        readonly list: readonly Expression[];
        readonly negated: boolean;
      }
    | {
        readonly type: 'inQuery';
        readonly value: Expression;
        readonly query: Query;
        readonly negated: boolean;
      }
    | {
        readonly type: 'like';
        readonly value: Expression;
        readonly pattern: Expression;
        readonly escape?: Expression;
        readonly operator: 'like' | 'ilike' | 'rlike';
        readonly negated: boolean;
      }
    | { readonly type: 'exists'; readonly query: Query }
    | { readonly type: 'subquery'; readonly query: Query }
    | { readonly type: 'row'; readonly items: readonly Expression[] }
    | { readonly type: 'path'; readonly value: Expression; readonly steps: readonly (string | Expression)[] }
  );

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '||'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | 'and'
  | 'or';

export interface When {
  readonly condition: Expression;
  readonly result: Expression;
}

export interface Call extends Place {
  readonly type: 'call';
  /** As stored: upper case. */
  readonly name: string;
  readonly args: readonly Expression[];
  /** `input => …` */
  readonly named: ReadonlyMap<string, Expression>;
  /** count(*) */
  readonly star: boolean;
  readonly distinct: boolean;
  readonly withinGroup: readonly OrderItem[] | undefined;
  readonly nulls: 'ignore' | 'respect' | undefined;
  readonly over: Window | undefined;
}

export interface Window {
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly OrderItem[];
  readonly frame: Frame | undefined;
}

export interface Frame {
  readonly unit: 'rows' | 'range';
  readonly start: Bound;
  readonly end: Bound;
}

export type Bound =
  | { readonly type: 'unbounded'; readonly side: 'preceding' | 'following' }
  | { readonly type: 'current' }
  | { readonly type: 'offset'; readonly value: Expression; readonly side: 'preceding' | 'following' };

export interface OrderItem {
  readonly value: Expression;
  readonly descending: boolean;
  readonly nulls: 'first' | 'last' | undefined;
}

export type SelectItem =
  | {
      readonly type: 'star';
      readonly of: readonly string[] | undefined;
      readonly exclude: readonly string[];
      readonly rename: ReadonlyMap<string, string>;
      readonly place: Place;
    }
  | {
      readonly type: 'expression';
      readonly value: Expression;
      readonly alias: string | undefined;
      readonly text: string;
    };

export interface Query {
  readonly ctes: readonly Cte[];
  readonly recursive: boolean;
  readonly body: QueryBody;
  readonly orderBy: readonly OrderItem[];
  readonly limit: Expression | undefined;
  readonly offset: Expression | undefined;
}

export interface Cte {
  readonly name: string;
  readonly columns: readonly string[];
  readonly query: Query;
}

export type QueryBody =
  | Select
  | { readonly type: 'values'; readonly rows: readonly (readonly Expression[])[] }
  | {
      readonly type: 'setOperation';
      readonly operator: 'union' | 'except' | 'intersect';
      readonly all: boolean;
      readonly left: QueryBody;
      readonly right: QueryBody;
    }
  | { readonly type: 'nested'; readonly query: Query };

export interface Select {
  readonly type: 'select';
  readonly distinct: boolean;
  readonly top: Expression | undefined;
  readonly items: readonly SelectItem[];
  readonly from: FromItem | undefined;
  readonly where: Expression | undefined;
  readonly groupBy: readonly Expression[] | 'all' | undefined;
  readonly having: Expression | undefined;
  readonly qualify: Expression | undefined;
}

export interface Alias {
  readonly name: string;
  readonly columns: readonly string[];
}

export type JoinKind = 'inner' | 'left' | 'right' | 'full' | 'cross';

export type FromItem =
  | {
      readonly type: 'table';
      readonly name: QualifiedName;
      readonly alias: Alias | undefined;
      readonly sample: Sample | undefined;
    }
  | {
      readonly type: 'derived';
      readonly query: Query;
      readonly alias: Alias | undefined;
      readonly sample: Sample | undefined;
    }
  | { readonly type: 'function'; readonly call: Call; readonly alias: Alias | undefined }
  | StageItem
  | {
      readonly type: 'join';
      readonly kind: JoinKind;
      readonly left: FromItem;
      readonly right: FromItem;
      readonly on: Expression | undefined;
      readonly using: readonly string[] | undefined;
    };

/** `@stage/path (file_format => 'name', pattern => '…')` */
export interface StageItem {
  readonly type: 'stage';
  /** Behind the `@`. */
  readonly path: string;
  /** As it was written. */
  readonly format: string | undefined;
  readonly pattern: string | undefined;
  readonly alias: Alias | undefined;
  readonly place: Place;
}

export interface Sample {
  readonly method: 'bernoulli' | 'system';
  /** Percent, or a number of rows. */
  readonly size: number;
  readonly unit: 'percent' | 'rows';
  readonly seed: number | undefined;
}

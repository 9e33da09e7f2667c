import { callerLocation, type SourceLocation } from '../sql/location.js';
import type { Relation } from './relation.js';

/** What reads the warehouse from outside: a page of the site, or a report in another tool. */
export type ExposureType = 'dashboard' | 'report';

export interface ExposureOptions {
  /** Unique in the project, lower snake case, and the name of its file; of a dashboard also that of its page. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  readonly description: string;
  /** Whom to ask: a team or a person. */
  readonly owner: string;
  readonly tags?: readonly string[];
  /** What it shows. A site carries the rows of these for its dashboards, and of nothing else. */
  readonly reads: readonly Relation[];
}

/** A reader that is built on the warehouse and is not in it. It stands in the lineage as the end of its inputs. */
export class Exposure {
  readonly kind = 'exposure';
  readonly type: ExposureType;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly owner: string;
  readonly tags: readonly string[];
  readonly reads: readonly Relation[];
  readonly location: SourceLocation | undefined;

  constructor(type: ExposureType, options: ExposureOptions, location?: SourceLocation) {
    this.type = type;
    this.name = options.name;
    this.title = options.title;
    this.description = options.description;
    this.owner = options.owner;
    this.tags = options.tags ?? [];
    this.reads = options.reads;
    this.location = location;
  }
}

/** Declares a dashboard: a page of the site, and the relations that it reads. */
export function dashboard(options: ExposureOptions): Exposure {
  return new Exposure('dashboard', options, callerLocation(dashboard));
}

import type { ComponentType } from 'preact';
import type { IconName } from './parts/icon.js';

/** What a page's component is given. */
export interface PageProps {
  /** What follows the page's path in the address: `Drama` of `#/genre/Drama`, '' if nothing does. */
  readonly rest: string;
}

/**
 * A page of the site. A package names a module in its package.json (`"matinee": { "pages": "./src/pages/index.tsx" }`) that
 * exports them: `export const pages: readonly Page[] = [audience, tags];`
 */
export interface Page {
  /** Its address behind `#/`; '' takes the place of the site's own first page. */
  readonly path: string;
  readonly title: string;
  readonly icon: IconName;
  /** One sentence for the door that leads here. */
  readonly description: string;
  readonly component: ComponentType<PageProps>;
  /** The `dashboard()` node it belongs to; its documentation is linked, and its owner named. */
  readonly dashboard?: string;
  /** Whether it stands in the menu. Default true; false for pages that others lead to. */
  readonly inMenu?: boolean;
}

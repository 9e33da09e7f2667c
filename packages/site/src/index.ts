export { type BuiltSite, buildSite, type SiteOptions } from './builder/build-site.js';
export type { BundleEntry } from './builder/bundle.js';
export { type SiteServer, serveSite } from './server/serve-site.js';

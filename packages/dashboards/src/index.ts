export { audience } from './exposures/audience.js';
export { recommendations } from './exposures/recommendations.js';
export { tagInsights } from './exposures/tag_insights.js';

export * from './exposures/audience.js';
export * from './exposures/recommendations.js';
export * from './exposures/tag_insights.js';

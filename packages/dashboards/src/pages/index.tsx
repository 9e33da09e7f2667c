import type { Page } from '@matinee/site/browser';
import { Audience } from './audience/audience.js';
import './dashboards.css';
import { Genre } from './genre/genre.js';
import { Recommendations } from './recommendations/recommendations.js';
import { Start } from './start/start.js';
import { TagInsights } from './tags/tag-insights.js';

const audience: Page = {
  path: 'audience',
  title: 'Audience',
  icon: 'people',
  description: 'Who rates, when and how high, in any range of days.',
  dashboard: 'audience',
  component: Audience,
};

const tagInsights: Page = {
  path: 'tags',
  title: 'Tag insights',
  icon: 'tag',
  description: 'Which tags describe movies that people rate often, and rate high.',
  dashboard: 'tag_insights',
  component: TagInsights,
};

const recommendations: Page = {
  path: 'recommendations',
  title: 'Recommendations',
  icon: 'star',
  description: 'Which movies are recommended, under which category, and since when.',
  dashboard: 'recommendations',
  component: Recommendations,
};

const doors = [audience, tagInsights, recommendations];

const start: Page = {
  path: '',
  title: 'Start',
  icon: 'home',
  description: 'What there is, and how fresh it is.',
  component: () => <Start doors={doors} />,
};

const genre: Page = {
  path: 'genre',
  title: 'Genre',
  icon: 'chart',
  description: 'The ratings and the movies of one genre.',
  dashboard: 'audience',
  component: Genre,
  inMenu: false,
};

export const pages: readonly Page[] = [start, ...doors, genre];

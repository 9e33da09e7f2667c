import fc from 'fast-check';

const { MATINEE_PROPERTY_RUNS: runs, MATINEE_PROPERTY_SEED: seed } = process.env;

// `npm test` draws the same cases every time: what a commit's tests say does not depend on when they run. A long run
// draws others each time, and tells the seed of what fails.
if (seed) fc.configureGlobal({ seed: Number(seed) });
else if (!runs) fc.configureGlobal({ seed: 20_261_123 });

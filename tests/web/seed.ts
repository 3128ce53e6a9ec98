import fc from 'fast-check';

// The same random tests on every machine and every day; MIXWELL_TEST_SEED and MIXWELL_TEST_RUNS look further.
const seed = Number(process.env.MIXWELL_TEST_SEED ?? 20250101);
const runs = process.env.MIXWELL_TEST_RUNS;
fc.configureGlobal({ seed, ...(runs ? { numRuns: Number(runs) } : {}) });

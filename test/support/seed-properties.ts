import fc from 'fast-check';
import { randomSeed } from './random-runs.ts';

// Properties that say no seed have the seed of the run.
fc.configureGlobal({ seed: randomSeed });

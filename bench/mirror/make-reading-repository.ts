import { makeReadingRepository, type ReadingRepositoryOptions } from './reading-repository.ts';

// A process of its own, since it takes more memory than what is measured.
await makeReadingRepository(JSON.parse(process.argv[2] ?? '') as ReadingRepositoryOptions);

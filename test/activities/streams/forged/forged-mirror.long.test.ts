import { forgedStories } from './forged-stories.ts';

// A file for each product, so that both run at the same time.
await forgedStories('mirror');

/** What publishing a draft does to its entry. */
export type DraftAction = 'create' | 'edit' | 'delete';

/** How many drafts one token or person can have in a space. */
export const mostDrafts = 1_000;

/** How many entries can be published as one change. */
export const mostInChangeSet = 200;

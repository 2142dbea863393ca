import { listSearch } from '../shared/list-search.ts';

/** The address of the page of credentials. */
export const credentialsSearch = listSearch(
  ['used', 'unused'],
  ['new', 'test', 'rotate', 'remove'],
);

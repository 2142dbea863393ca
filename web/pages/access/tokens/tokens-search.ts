import { listSearch } from '../shared/list-search.ts';

/** The address of the page of tokens. */
export const tokensSearch = listSearch(['ended', 'all'], ['new', 'revoke']);

import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** The search attributes by which operators find a stream's workflow. */
export const searchAttributes = {
  project: defineSearchAttributeKey('GitwardProject', SearchAttributeType.KEYWORD),
  branch: defineSearchAttributeKey('GitwardBranch', SearchAttributeType.KEYWORD),
  space: defineSearchAttributeKey('GitwardSpace', SearchAttributeType.KEYWORD),
  /** A `StreamState`; the passing ones (`syncing`, and a space's `pending`) are left to the status query. */
  state: defineSearchAttributeKey('GitwardState', SearchAttributeType.KEYWORD),
  outageSince: defineSearchAttributeKey('GitwardOutageSince', SearchAttributeType.DATETIME),
  /** Changes or saves accepted and not yet delivered, as last read. */
  waiting: defineSearchAttributeKey('GitwardWaiting', SearchAttributeType.INT),
};

import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** The search attributes with which operators find a stream's workflow. */
export const searchAttributes = {
  project: defineSearchAttributeKey('GitwardProject', SearchAttributeType.KEYWORD),
  branch: defineSearchAttributeKey('GitwardBranch', SearchAttributeType.KEYWORD),
  space: defineSearchAttributeKey('GitwardSpace', SearchAttributeType.KEYWORD),
  /** A `StreamState`. Those that last only a moment (`syncing`, a space's `pending`) are only in the status query. */
  state: defineSearchAttributeKey('GitwardState', SearchAttributeType.KEYWORD),
  outageSince: defineSearchAttributeKey('GitwardOutageSince', SearchAttributeType.DATETIME),
  /** How many changes or saves were accepted but not delivered, as last read. */
  waiting: defineSearchAttributeKey('GitwardWaiting', SearchAttributeType.INT),
};

import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** The search attributes by which operators find a stream's workflow. */
export const searchAttributes = {
  project: defineSearchAttributeKey('GitwardProject', SearchAttributeType.KEYWORD),
  branch: defineSearchAttributeKey('GitwardBranch', SearchAttributeType.KEYWORD),
  /** A `MirrorState`; the passing ones (`syncing`) are left to the status query. */
  state: defineSearchAttributeKey('GitwardState', SearchAttributeType.KEYWORD),
  outageSince: defineSearchAttributeKey('GitwardOutageSince', SearchAttributeType.DATETIME),
  /** Changes accepted and not yet delivered, as last read. */
  waiting: defineSearchAttributeKey('GitwardWaiting', SearchAttributeType.INT),
};

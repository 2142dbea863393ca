/**
 * Ids from outside become parts of workflow ids, trailers and paths: letters, digits, `.`, `_` and
 * `-`, at most 64, beginning with a letter or a digit.
 */
export const idPattern = '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$';

/** A stream's name, such as `mirror/<projectId>/<branchId>`. It is also the id of its workflow. */
export type StreamId = string;

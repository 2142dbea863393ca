import type { CreatedAt, Timestamp } from './columns.ts';

/** How well a version of a prompt did, as somebody who uses it says. Rows never change. */
export interface PromptScoresTable {
  spaceId: string;
  promptId: string;
  /** Chosen by whoever posts it, so that posting it again does nothing. */
  id: string;
  /** What was judged, such as `helpful`. */
  name: string;
  /** Either a number or a label. */
  value: number | null;
  label: string | null;
  comment: string | null;
  /** The version that was judged. */
  blobId: string;
  /** The commit that was named, or that last changed that version; `null` if it was not in Git. */
  commitSha: string | null;
  environment: string | null;
  arm: string | null;
  key: string | null;
  /** Who judged. */
  byName: string;
  at: Timestamp;
  createdAt: CreatedAt;
}

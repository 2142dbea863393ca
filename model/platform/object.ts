/** Names an object within its branch: its kind, and its id among those of that kind. */
export interface ObjectName {
  /** What the platform calls such things; in Keboola the component's id. */
  kind: string;
  id: string;
}

/** What mirrors know of every object, whatever its platform: who made which version of it. */
export interface ObjectVersion extends ObjectName {
  name: string;
  version: number;
  /** Who made that version, in the source's words (an e-mail or a token's description). */
  author: string | null;
  /** When that version was made, ISO 8601 in UTC; `null` where the source does not say. */
  changedAt: string | null;
  /** What its author said of that version. */
  changeDescription: string | null;
}

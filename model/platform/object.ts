/** Identifies an object within its branch by its kind and its id among the objects of that kind. */
export interface ObjectName {
  /** What the platform calls such things; in Keboola the component's id. */
  kind: string;
  id: string;
}

/** What mirrors know about every object, whatever the platform: who made which version of it. */
export interface ObjectVersion extends ObjectName {
  name: string;
  version: number;
  /** Who made that version, in the source's words (an e-mail or a token's description). */
  author: string | null;
  /** When that version was made, ISO 8601 in UTC; `null` if the source does not say. */
  changedAt: string | null;
  /** What the author said about that version. */
  changeDescription: string | null;
}

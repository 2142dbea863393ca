import type { Role } from '../access/roles.ts';
import type { Person } from '../streams/author.ts';
import type { EntryFields } from './entry.ts';

/*
 * The words of review. A rule says which changes somebody must approve, and who; a need is what the rules ask of one
 * change, or of several that are reviewed together.
 */

/** Which changes of a space must be approved, and by whom. What a rule leaves out does not limit it. */
export interface ReviewRule {
  /** For people; unique in its list. */
  name: string;
  /** The kinds of the changed entries. */
  kinds?: string[];
  /** Paths below the space's root, with `*` and `?` (`model/text/wildcard.ts`); `*` also stands for `/`. */
  paths?: string[];
  /** Fields of the front matter, by their names at the top level, or `body`. */
  fields?: string[];
  /** Whose changes: e-mail addresses, and roles (`role:editor`) for everybody who has that role or a lower one. */
  authors?: string[];
  /** How many persons must approve: 1 to 10. */
  approvals: number;
  /**
   * Whose approval counts: e-mail addresses, and roles (`role:publisher`) for everybody with that role or a higher one.
   */
  approvers?: string[];
  /** Whether an author's own approval counts; it is never enough by itself. */
  author: boolean;
}

/** Where a rule is written: the file `.gitward/rules.yml` in the repository, or the space's settings. */
export type RuleSource = 'repository' | 'settings';

/** A rule that is in force. */
export interface RuleInForce extends ReviewRule {
  from: RuleSource;
}

/** Pushed rules that wait for an admin, because they would weaken those in force. */
export interface HeldRules {
  /** Identifies the content of the file: `rulesDigest`. */
  digest: string;
  rules: ReviewRule[];
}

/** What an approval must satisfy. */
export interface ReviewNeed {
  /** The name of the rule. */
  name: string;
  /** How many persons must approve. */
  approvals: number;
  /** As in {@link ReviewRule}; `null`: everybody who may write such entries. */
  approvers: string[] | null;
  /** Whether an author's own approval counts, next to that of somebody else. */
  author: boolean;
}

/** Somebody who changed what is reviewed. */
export interface ReviewAuthor {
  email: string;
  /** The role in the space; `null` if it is not known, as of somebody who pushed. */
  role: Role | null;
  /** Whether only commits name them, in which anybody who may push can write any name. */
  named?: true;
  /** An admin's word that they are no author of what is at `head`. */
  dismissed?: { by: Person; comment: string; head: string };
}

/** An entry, or another file of a space, before or after a change. */
export interface ReviewedContent {
  /** `null` if the fields cannot be read: then each of them may have changed. */
  fields: EntryFields | null;
  /** The text after the front matter, or the whole text if it has none. */
  body: string;
}

/** One change that may have to be reviewed. */
export interface ReviewedChange {
  /** The kind of the entry; `null` for a file that is no entry, such as the rules themselves. */
  kind: string | null;
  /** The file, below the space's root. */
  path: string;
  action: 'create' | 'edit' | 'delete' | 'move' | 'restore';
  /** Where the file is after a move, below the space's root. */
  movedTo?: string;
  /** As it is on the branch; `null` if it is not there. */
  before: ReviewedContent | null;
  /** As it would be; `null` if it would be removed. */
  after: ReviewedContent | null;
}

/** What somebody said about a change. Their last word counts. */
export type Verdict = 'approved' | 'changes_requested' | 'withdrawn';

/** One word of one person about a change. */
export interface Approval {
  person: Person;
  /** The role that the person has for everything in the change; `null` if it is not known. */
  role: Role | null;
  at: Date;
  verdict: Verdict;
}

/** Whether a change has the approvals that it needs. */
export interface Judgement {
  satisfied: boolean;
  /** What is missing, in sentences for people; empty exactly if it is satisfied. */
  missing: string[];
}

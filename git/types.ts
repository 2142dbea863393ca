import type { Person } from '../model/streams/author.ts';
import type { FailureCode, HostStep } from '../model/streams/errors.ts';
import type { CommitStyle } from '../model/streams/commit-style.ts';
import type { StreamTrailers } from '../model/streams/commit.ts';
import type { StreamId } from '../model/streams/ids.ts';
import type { PushAccess } from '../model/streams/repository-findings.ts';
import type { AnonymousAccess } from '../model/streams/visibility.ts';

/** A branch of a remote repository with its credential. */
export interface Remote {
  /**
   * `https://…`; `http://…` and `file:///…` only if the settings allow them. Contains no user and
   * no password.
   */
  url: string;
  /** The short name of the branch, such as `main`. */
  branch: string;
  /**
   * The branch that this one starts from while it does not exist: a short name, or `HEAD` for the
   * remote's default branch. A name that does not exist counts as `HEAD`. If that does not exist
   * either, or nothing is given, the first commit has no parent.
   */
  startFrom?: string;
  /** For HTTPS. Passed to git through its environment, never through arguments or the URL. */
  credential: { username: string; password: string } | null;
  /** The private SSH key that signs the commits; nothing for none. */
  signingKey?: string | null;
  /** What the commits prove with that they are ours; nothing for no proof. */
  proofKey?: Uint8Array | null;
  /** What the host asks of commits and pushes; defaults to {@link usualStyle}. */
  style?: CommitStyle;
}

/** A file that a commit writes (`content`) or removes (`null`). Paths are relative to the repository's root. */
export interface FileChange {
  path: string;
  content: Uint8Array | null;
  /** Whether the written file can be executed (mode 100755); by default it cannot. */
  executable?: boolean;
}

/** What a commit says above its trailers: who made it, when, and what it changes. */
export interface CommitMessage {
  author: Person;
  coAuthors: Person[];
  /** Who approved it, as `Reviewed-by`; nothing for nobody. */
  reviewers?: Person[];
  authoredAt: Date;
  /** One line, already shortened. */
  subject: string;
  /**
   * The text between subject and trailers, in which text from outside is already indented. May be
   * empty.
   */
  body: string;
}

/**
 * A commit to build. The committer is Gitward, at the later of `authoredAt` and the parent's
 * committer date.
 */
export interface PlannedCommit<Message extends CommitMessage = CommitMessage> {
  /**
   * Yields the changes, each path once, and returns the message at the end, so that a large tree
   * can be produced while it is read and be described once all of it is known. It is called again
   * if other commits of the plan turn out to change nothing.
   */
  write: () => Iterable<FileChange, Message>;
  trailers: StreamTrailers;
}

/**
 * Returns which of these commits were recorded as the stream's own before they were pushed, with
 * their batches. Nothing else proves that a commit is ours: anyone can write what our commits say.
 */
export type FindRecorded = (
  shas: readonly string[],
) => Promise<ReadonlyMap<string, readonly string[]>>;

interface OnRemote {
  sha: string;
  committedAt: Date;
}

/** A commit that was recorded as the stream's own before it was pushed. */
export interface RecordedCommit extends OnRemote {
  /** What its trailers say; `null` if they cannot be read. */
  trailers: StreamTrailers | null;
  /** The batches that were recorded with it. */
  recorded: readonly string[];
}

/** A commit that was not recorded but claims to be of the stream. Anyone's commit may do that. */
export interface ClaimingCommit extends OnRemote {
  /**
   * What its trailers say: for readers, and for what a restored database has forgotten. `null` if there was too much to
   * read, so that it may claim anything.
   */
  trailers: StreamTrailers | null;
  recorded: null;
}

/** A commit on the remote that is of a stream, or claims to be. */
export type StreamCommit = RecordedCommit | ClaimingCommit;

/** What a walk from the tip along first parents found out about a stream. */
export interface StreamHistory {
  /**
   * The commits that are of the stream, or claim to be, and are newer than `knownSha`, newest
   * first.
   */
  newer: StreamCommit[];
  /** Whether the walk ended at `knownSha`: our last commit is still in the branch. */
  knownFound: boolean;
  /**
   * Whether some of them came into the branch through a merge: they are in its history, but the tree that the merge made
   * may be without them.
   */
  merged: boolean;
  /** Whether the walk ended because the branch has no older commit, so that `newer` is complete. */
  complete: boolean;
}

/** The branch that a branch which does not exist yet starts from. */
export interface TipStart {
  branch: string;
  /** Its commit, which will be the first new commit's parent. */
  sha: string;
}

/** What a path is in a tree. */
export interface TreeObject {
  /** A symbolic link is a file. */
  type: 'file' | 'folder' | 'submodule';
  /** Of the blob, tree or commit. */
  id: string;
  /** Whether it is a file that can be executed. */
  executable: boolean;
}

/** The remote's branch at this moment. */
export interface Tip {
  /** The commit's id; `null` if the branch does not exist. */
  sha: string | null;
  /**
   * What the branch would start from, if it does not exist and `Remote.startFrom` names something
   * that does. `listFiles` and `objectsAt` then use that commit's tree. `findStream` does not: a
   * branch that does not exist contains nothing of any stream.
   */
  start: TipStart | null;
  /** Whether the repository has no branch at all. */
  repositoryEmpty: boolean;
  /**
   * Walks from the tip along first parents, deepening the cache in steps, until it reaches
   * `knownSha` (or, if that is `null`, the newest recorded commit of the stream) or the limit. Also
   * looks at what was merged since `knownSha`.
   */
  findStream(
    stream: StreamId,
    knownSha: string | null,
    findRecorded: FindRecorded,
  ): Promise<StreamHistory>;
  /**
   * Everything but folders at and below these paths (`''` means everything): path → blob id. What is
   * not a plain file (an executable, a symbolic link, a submodule) has its mode before its id, so
   * that it equals no file that we would write. The cost grows with their size.
   */
  listFiles(folders: readonly string[]): Promise<Map<string, string>>;
  /** What there is at exactly these paths; a path with nothing is absent. */
  objectsAt(paths: readonly string[]): Promise<Map<string, TreeObject>>;
  /** The names directly in a folder (`''`: the root); none if there is no such folder. */
  namesIn(folder: string): Promise<string[]>;
}

/** Why nothing may be sent until a person has looked. */
export interface Held {
  kind: 'held';
  code: FailureCode;
  message: string;
}

/** What to do about a tip, as a value. Planners may add more to it than is required here. */
export type Plan<Message extends CommitMessage = CommitMessage> =
  { kind: 'commits'; commits: readonly PlannedCommit<Message>[] } | { kind: 'nothing' } | Held;

/** Decides what to commit on a tip; called again for each tip that is read. */
export type PlanOn<P extends Plan = Plan> = (tip: Tip) => Promise<P>;

/** A plan whose commits have been built. */
export interface BuiltPlan<
  Message extends CommitMessage = CommitMessage,
  P extends Plan<Message> = Plan<Message>,
> {
  plan: P;
  /** The tip that they were built on; `null` if the branch did not exist. */
  base: string | null;
  /**
   * For each planned commit, in the plan's order, the commit that contains it: its own or, if it
   * would have changed nothing, the one before it (`null` if there is none).
   */
  commits: (string | null)[];
  /** The message of each planned commit, in the plan's order. */
  messages: Message[];
}

/** The result of a delivery. Its plan is the last one that was requested, which was not held. */
export interface Delivery<
  Message extends CommitMessage = CommitMessage,
  P extends Plan<Message> = Plan<Message>,
> extends BuiltPlan<Message, P> {
  /** The remote's tip, read back after the push (or read at the start, if nothing was pushed). */
  tip: string | null;
}

/** Limits of work with a remote. */
export interface DeliverOptions {
  /** Ends all git processes of the delivery. */
  signal: AbortSignal;
  /** Called now and then while work goes on; an activity sends its heartbeat here. */
  onProgress?: (step: string) => void;
}

/** A tip that need not be asked for. */
export type TipAtHand = 'last_delivery' | { sha: string | null };

/** Limits of a delivery, and what is called right before it is sent. */
export interface DeliveryOptions<
  Message extends CommitMessage,
  P extends Plan<Message>,
> extends DeliverOptions {
  /**
   * Where to begin without asking the remote: at the tip of our last delivery, or at one that was just asked for. If the branch is
   * elsewhere, its host refuses the push, and everything is planned again on what is there. Defaults to asking.
   */
  beginAt?: TipAtHand | undefined;
  /** Called before each push; if it rejects, nothing is sent. */
  beforePush?: (built: BuiltPlan<Message, P>) => Promise<void>;
}

/** The main interface of this room, implemented by `git/`. */
export interface GitDeliverer {
  /**
   * Reads the tip, asks for the plan, builds the commits in the cache, pushes one ref with its
   * expected old value, and reads it back. Throws `StreamFailure` (`repository_…`,
   * `credential_refused`, `branch_protected`, `content_refused`, `address_refused`,
   * `push_contended`, or the plan's own code if it is held). If the answer to a push was lost, the
   * push is found when the branch is read back, or by `findStream` in the next delivery.
   */
  deliver<Message extends CommitMessage, P extends Plan<Message>>(
    remote: Remote,
    planOn: PlanOn<P>,
    options: DeliveryOptions<Message, P>,
  ): Promise<Delivery<Message, P>>;
  /**
   * Deletes the branch if it is at this commit; whatever somebody else has pushed there stays, and gone already is fine. Throws
   * like `deliver`.
   */
  removeBranch(remote: Remote, sha: string, options: DeliverOptions): Promise<void>;
  /**
   * Lists the repository's branches as someone without a credential would. A network failure is
   * part of the result. Rejects with the signal's reason, or with `internal_error` if there is no
   * git.
   */
  askAnonymously(url: string, options: DeliverOptions): Promise<AnonymousAccess>;
  /**
   * The branch's commit (`null` if it does not exist), and whether the repository has no branch at all. Fetches nothing.
   * Throws like `deliver`.
   */
  askBranch(
    remote: Remote,
    options: DeliverOptions,
  ): Promise<{ sha: string | null; repositoryEmpty: boolean }>;
  /**
   * The commits of these branches of the remote's repository, with one question; a branch that does not exist is absent. Fetches
   * nothing. Throws like `deliver`.
   */
  askBranches(
    remote: Remote,
    branches: readonly string[],
    options: DeliverOptions,
  ): Promise<ReadonlyMap<string, string>>;
  /**
   * Whether the credential may push to the repository; changes nothing there. It does not know of protected branches. A
   * refusal and a network failure are part of the result; rejects like `askAnonymously`.
   */
  askPush(remote: Remote, options: DeliverOptions): Promise<PushAccess>;
  /**
   * Asks one question, as reading or pushing begins with it, to find out whether the host answers it. Throws like
   * `deliver`.
   */
  knock(remote: Remote, step: HostStep, options: DeliverOptions): Promise<void>;
  /** Only reads the tip, for previews and checks. */
  withTip<T>(remote: Remote, use: (tip: Tip) => Promise<T>, options: DeliverOptions): Promise<T>;
}

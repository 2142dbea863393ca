import type { Person } from '../model/streams/author.ts';
import type { FailureCode } from '../model/streams/errors.ts';
import type { StreamTrailers } from '../model/streams/commit.ts';
import type { StreamId } from '../model/streams/ids.ts';
import type { AnonymousAccess } from '../model/streams/visibility.ts';

/** A branch of a remote repository, and what opens it. */
export interface Remote {
  /** `https://…`; `http://…` and `file:///…` only where the settings allow them. No user, no password. */
  url: string;
  /** The short name of the branch, such as `main`. */
  branch: string;
  /**
   * The branch that this one is made from while it does not exist: a short name, or `HEAD` for the one
   * that the remote calls its default. A name that is not there counts as `HEAD`; where that leads
   * nowhere either, and where nothing is given, the first commit has no parent.
   */
  startFrom?: string;
  /** For HTTPS. Goes to git through its environment, never through arguments or the URL. */
  credential: { username: string; password: string } | null;
}

/** A file that a commit writes (`content`) or removes (`null`). Paths are relative to the repository's root. */
export interface FileChange {
  path: string;
  content: Uint8Array | null;
}

/** What a commit says above its trailers: who, when, and what of. */
export interface CommitMessage {
  author: Person;
  coAuthors: Person[];
  authoredAt: Date;
  /** One line, already cut to size. */
  subject: string;
  /** Text between subject and trailers; text from outside in it is already indented. May be empty. */
  body: string;
}

/** A commit to be built. The committer is Gitward, at the later of `authoredAt` and the parent's committer date. */
export interface PlannedCommit<Message extends CommitMessage = CommitMessage> {
  /**
   * Its changes, each path once, and what it says, which is returned at their end: a large tree may be made as it
   * is read, and told of when all of it is known. It is called again where the plan's other commits turn out to
   * change nothing.
   */
  write: () => Iterable<FileChange, Message>;
  trailers: StreamTrailers;
}

/**
 * Answers which of these commits were recorded as the stream's own before they were pushed, with their batches.
 * Nothing else proves that a commit is ours: anybody can write what our commits say.
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
  /** What it says; `null` where that cannot be read. */
  trailers: StreamTrailers | null;
  /** The batches that it was recorded with. */
  recorded: readonly string[];
}

/** A commit that was not recorded and says that it is of the stream, as anybody's may. */
export interface ClaimingCommit extends OnRemote {
  /** What it says: for readers, and for what a restored database has forgotten. */
  trailers: StreamTrailers;
  recorded: null;
}

/** A commit on the remote that is of a stream, or says so. */
export type StreamCommit = RecordedCommit | ClaimingCommit;

/** What a walk from the tip along first parents found of a stream. */
export interface StreamHistory {
  /** The commits that are of the stream, or say so, and are newer than `knownSha`, newest first. */
  newer: StreamCommit[];
  /** Whether the walk ended at `knownSha`: our last commit is still in the branch. */
  knownFound: boolean;
  /** Whether the walk ended because the branch has no older commit, so `newer` is all that there is. */
  complete: boolean;
}

/** The branch that one which does not exist yet begins from. */
export interface TipStart {
  branch: string;
  /** Its commit, which will be the first new commit's parent. */
  sha: string;
}

/** The branch as the remote has it at this moment. */
export interface Tip {
  /** The commit's id; `null` where the branch does not exist. */
  sha: string | null;
  /**
   * What the branch would begin from, where it does not exist and `Remote.startFrom` led somewhere:
   * `listFiles` and `blobIds` are of that commit's tree then. `findStream` is not: nothing of any
   * stream is on a branch that does not exist.
   */
  start: TipStart | null;
  /** Whether the repository has no branch at all. */
  repositoryEmpty: boolean;
  /**
   * Walks from the tip along first parents, deepening the cache in steps, until `knownSha`, or
   * (where that is `null`) the newest recorded commit of the stream, or the limit, is reached.
   */
  findStream(
    stream: StreamId,
    knownSha: string | null,
    findRecorded: FindRecorded,
  ): Promise<StreamHistory>;
  /** All files below these folders (`''` is everything): path → blob id. Costs by their size. */
  listFiles(folders: readonly string[]): Promise<Map<string, string>>;
  /** The blob ids of exactly these paths; a path that is not a file at the tip is absent. */
  blobIds(paths: readonly string[]): Promise<Map<string, string>>;
}

/** Why nothing may be sent before a person looked. */
export interface Held {
  kind: 'held';
  code: FailureCode;
  message: string;
}

/** What to do about a tip: a value. Whoever plans may say more in it than is asked for here. */
export type Plan<Message extends CommitMessage = CommitMessage> =
  { kind: 'commits'; commits: readonly PlannedCommit<Message>[] } | { kind: 'nothing' } | Held;

/** Decides what to commit on a tip; asked again for each tip that is read. */
export type PlanOn<P extends Plan = Plan> = (tip: Tip) => Promise<P>;

/** A plan whose commits are built. */
export interface BuiltPlan<
  Message extends CommitMessage = CommitMessage,
  P extends Plan<Message> = Plan<Message>,
> {
  plan: P;
  /** The tip that they were built on; `null` where the branch did not exist. */
  base: string | null;
  /**
   * For each planned commit, in the plan's order, the commit that holds it: its own or, where it
   * would have changed nothing, the one before it (`null` where there is none).
   */
  commits: (string | null)[];
  /** What each planned commit says, in the plan's order. */
  messages: Message[];
}

/** What a delivery ended with; its plan is the one that was asked for last, and was not held. */
export interface Delivery<
  Message extends CommitMessage = CommitMessage,
  P extends Plan<Message> = Plan<Message>,
> extends BuiltPlan<Message, P> {
  /** The remote's tip, read back after the push (or read first, where nothing was pushed). */
  tip: string | null;
}

/** What bounds work with a remote. */
export interface DeliverOptions {
  /** Ends every git process of the delivery. */
  signal: AbortSignal;
  /** Called now and then while work goes on (an activity heartbeats here). */
  onProgress?: (step: string) => void;
}

/** What bounds a delivery, and who is asked right before it is sent. */
export interface DeliveryOptions<
  Message extends CommitMessage,
  P extends Plan<Message>,
> extends DeliverOptions {
  /** Called before each push; where it rejects nothing is sent. */
  beforePush?: (built: BuiltPlan<Message, P>) => Promise<void>;
}

/** The room's main interface, which `git/` implements. */
export interface GitDeliverer {
  /**
   * Reads the tip, asks the plan, builds the commits in the cache, pushes one ref with the expected
   * old value, and reads it back. Throws `StreamFailure` (`repository_…`, `credential_refused`,
   * `branch_protected`, `content_refused`, `address_refused`, `push_contended`, or the plan's own
   * code where it is held). A push whose answer was lost is found by the read-back, or by the
   * next delivery's `findStream`.
   */
  deliver<Message extends CommitMessage, P extends Plan<Message>>(
    remote: Remote,
    planOn: PlanOn<P>,
    options: DeliveryOptions<Message, P>,
  ): Promise<Delivery<Message, P>>;
  /**
   * Lists the repository's branches as somebody would who has no credential. A failure of the network is in the
   * answer; rejects with the signal's reason, and with `internal_error` where there is no git.
   */
  askAnonymously(url: string, options: DeliverOptions): Promise<AnonymousAccess>;
  /** Reads the tip alone: for previews and checks. */
  withTip<T>(remote: Remote, use: (tip: Tip) => Promise<T>, options: DeliverOptions): Promise<T>;
}

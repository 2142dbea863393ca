import { StreamFailure } from '../../model/streams/errors.ts';
import type { Cache } from '../deliver/caches.ts';
import {
  classifyFailure,
  gitMissing,
  outOfMemory,
  tipMoved,
  tooMuchMemory,
  type FailedStep,
} from './classify-failure.ts';
import type { Connection } from './connection.ts';
import type { DiskRoom } from '../disk-room.ts';
import { withinDisk } from './within-disk.ts';
import { GitProcessError, type GitCall, type GitOutput, type RunGit } from './run-git.ts';
import type { DeliverOptions } from '../types.ts';

/** How long git processes may run, in milliseconds. */
export interface GitTimeouts {
  /** Work in the cache. */
  local: number;
  /** Reading the tip. */
  read: number;
  /** A fetch or a push. */
  transfer: number;
}

/** How long git processes may run, and how much they may write. */
export interface SessionLimits {
  timeouts: GitTimeouts;
  /** Bytes that the cache may take on disk. */
  disk: number;
  /** Whether there is room for what is fetched; defaults to yes. */
  room: DiskRoom | undefined;
}

/** How long a list of a tree's files may be, in bytes: a tree of a few kilobytes can have any number of them. */
const longestList = 32 * 1024 * 1024;

/** What one delivery uses to reach its cache and its remote. */
export interface Session {
  connection: Connection;
  cache: Cache;
  signal: AbortSignal;
  /** Runs git in the cache, without any network. Throws {@link CacheBroken}. */
  local(args: readonly string[], input?: Iterable<Uint8Array>): Promise<Buffer>;
  /**
   * Lists a tree in the cache. Throws `StreamFailure` (`too_many_files`) while the list arrives, if it is longer than
   * 32 MiB.
   */
  list(args: readonly string[]): Promise<Buffer>;
  /** Like `local`, with the identity of a commit and what git needs to sign it. */
  sign(
    args: readonly string[],
    call: Required<Pick<GitCall, 'input' | 'config' | 'identity'>>,
  ): Promise<Buffer>;
  /** Like `local`; also returns what the input returned at its end. */
  feed<Fed>(
    args: readonly string[],
    input: Iterable<Uint8Array, Fed>,
  ): Promise<{ stdout: Buffer; fed: Fed }>;
  /**
   * Runs git against the remote `origin`. Throws `StreamFailure`, or {@link TipMoved} from a push.
   */
  remote(
    step: FailedStep['step'],
    args: readonly string[],
    config?: Readonly<Record<string, string>>,
  ): Promise<Buffer>;
  /**
   * The remote's branches, as listed by `ls-remote --heads`, and whether the server speaks Git's
   * protocol.
   */
  listBranches(): Promise<{ list: string; speaksGit: boolean }>;
  /**
   * Begins a push that has nothing to send and so changes nothing. Returns whether the server answered in Git's protocol,
   * which it does only if it would accept a push; throws like `remote('push', …)` if it refuses.
   */
  offerPush(): Promise<boolean>;
  /** Tells the caller the current step. */
  progress(step: string): void;
}

/**
 * The cache lacks something or is damaged. It is created again once, and the delivery starts over.
 */
export class CacheBroken extends Error {
  override readonly name = 'CacheBroken';
}

/** When the push arrived, the branch was not where we expected it. */
export class TipMoved extends Error {
  override readonly name = 'TipMoved';
}

/** Binds the runner to one connection, cache and signal. */
export function createSession(
  run: RunGit,
  connection: Connection,
  cache: Cache,
  { timeouts, disk, room }: SessionLimits,
  { signal, onProgress }: DeliverOptions,
): Session {
  let doing = '';
  function progress(step: string): void {
    doing = step;
    onProgress?.(step);
  }

  async function inCache<Fed>(
    call: Omit<GitCall<Fed>, 'cwd' | 'signal'> & { signal?: AbortSignal },
  ): Promise<GitOutput<Fed>> {
    try {
      return await run({
        signal,
        ...call,
        cwd: cache.directory,
        secrets: connection.secrets,
        onTick: () => onProgress?.(doing),
      });
    } catch (error) {
      // A killed process leaves locks and half-written files.
      if (!(error instanceof GitProcessError && error.outcome === 'failed')) cache.broken = true;
      throw error;
    }
  }

  async function withRemote(
    step: FailedStep['step'],
    args: readonly string[],
    extra: Pick<GitCall, 'config' | 'tracePackets'> & { timeLimit?: number } = {},
  ): Promise<GitOutput> {
    const call = {
      timeLimit: step === 'read' ? timeouts.read : timeouts.transfer,
      ...extra,
      args,
      protocols: connection.protocols,
      config: { ...connection.config, ...extra.config },
    };
    try {
      if (step !== 'fetch') return await inCache(call);
      const limit = { directory: cache.directory, most: disk, url: connection.url, room };
      return await withinDisk(limit, signal, (within) => inCache({ ...call, signal: within }));
    } catch (error) {
      if (!(error instanceof GitProcessError)) throw error;
      if (step === 'push' && tipMoved(error))
        throw new TipMoved('The branch moved.', { cause: error });
      throw classifyFailure(error, { step, ...connection });
    }
  }

  async function withoutRemote<Fed>(
    args: readonly string[],
    more: Pick<GitCall<Fed>, 'input' | 'maxOutput' | 'config' | 'identity'> = {},
  ): Promise<GitOutput<Fed>> {
    try {
      // The input may be produced while it is being fed.
      const timeLimit = more.input === undefined ? timeouts.local : timeouts.transfer;
      return await inCache({ args, timeLimit, ...more });
    } catch (error) {
      if (!(error instanceof GitProcessError)) throw error;
      if (error.outcome === 'output_too_long') throw listTooLong(connection);
      if (error.outcome === 'not_started') throw gitMissing(error);
      if (outOfMemory(error)) throw tooMuchMemory(error);
      cache.broken = true;
      throw new CacheBroken(error.message, { cause: error });
    }
  }

  return {
    connection,
    cache,
    signal,
    progress,
    async local(args, input) {
      return (await withoutRemote(args, input && { input })).stdout;
    },
    async sign(args, call) {
      return (await withoutRemote(args, call)).stdout;
    },
    async list(args) {
      return (await withoutRemote(args, { maxOutput: longestList })).stdout;
    },
    async feed(args, input) {
      const { stdout, fed } = await withoutRemote(args, { input });
      if (fed === undefined) throw new CacheBroken(`git ${args[0] ?? ''} ended before its input.`);
      return { stdout, fed };
    },
    async remote(step, args, config = {}) {
      return (await withRemote(step, args, { config })).stdout;
    },
    async listBranches() {
      const args = ['ls-remote', '--heads', '--end-of-options', 'origin'];
      const { stdout, stderr } = await withRemote('read', args, { tracePackets: true });
      return { list: stdout.toString(), speaksGit: stderr.includes('packet: ') };
    },
    async offerPush() {
      // No ref is named like this, so that nothing matches. A pattern without a match is no error.
      const nothing = 'refs/gitward-nothing/*:refs/gitward-nothing/*';
      const args = ['push', '--dry-run', '--no-verify', '--end-of-options', 'origin', nothing];
      const extra = { tracePackets: true, timeLimit: timeouts.read };
      return (await withRemote('push', args, extra)).stderr.includes('packet: ');
    },
  };
}

function listTooLong({ url, branch }: Connection): StreamFailure {
  return new StreamFailure(
    'too_many_files',
    `Branch ${branch} of ${url} has too many files: their list is longer than ${longestList / 1024 ** 2} MiB. ` +
      'Remove what does not belong there, or use another branch.',
  );
}

/** Turns a cache that was broken twice into a failure for operators. */
export function failureOf(error: CacheBroken, { url }: Pick<Connection, 'url'>): StreamFailure {
  return new StreamFailure(
    'repository_error',
    `Git failed in the cache of ${url}, and again in a new one: ${error.message}. ` +
      "Check the space and the permissions of Gitward's data directory.",
    { cause: error },
  );
}

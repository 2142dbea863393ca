import { StreamFailure } from '../../model/streams/errors.ts';
import type { Cache } from '../deliver/caches.ts';
import { classifyFailure, gitMissing, tipMoved, type FailedStep } from './classify-failure.ts';
import type { Connection } from './connection.ts';
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

/** One delivery's way to its cache and its remote. */
export interface Session {
  connection: Connection;
  cache: Cache;
  signal: AbortSignal;
  /** Git in the cache, without any network. Throws {@link CacheBroken}. */
  local(args: readonly string[], input?: Iterable<Uint8Array>): Promise<Buffer>;
  /** As `local`, with what the input returned at its end. */
  feed<Fed>(
    args: readonly string[],
    input: Iterable<Uint8Array, Fed>,
  ): Promise<{ stdout: Buffer; fed: Fed }>;
  /** Git against the remote `origin`. Throws `StreamFailure`, or {@link TipMoved} from a push. */
  remote(
    step: FailedStep['step'],
    args: readonly string[],
    config?: Readonly<Record<string, string>>,
  ): Promise<Buffer>;
  /** The remote's branches, as `ls-remote --heads` lists them, and whether what answered speaks Git's protocol. */
  listBranches(): Promise<{ list: string; speaksGit: boolean }>;
  /** Tells the caller what is being done now. */
  progress(step: string): void;
}

/** The cache lacks something or is damaged: it is made again once, and the delivery begins anew. */
export class CacheBroken extends Error {
  override readonly name = 'CacheBroken';
}

/** The branch was not where we expected it when the push arrived. */
export class TipMoved extends Error {
  override readonly name = 'TipMoved';
}

/** Binds the runner to one connection, cache and signal. */
export function createSession(
  run: RunGit,
  connection: Connection,
  cache: Cache,
  timeouts: GitTimeouts,
  { signal, onProgress }: DeliverOptions,
): Session {
  let doing = '';
  function progress(step: string): void {
    doing = step;
    onProgress?.(step);
  }

  async function inCache<Fed>(call: Omit<GitCall<Fed>, 'cwd' | 'signal'>): Promise<GitOutput<Fed>> {
    try {
      return await run({
        ...call,
        cwd: cache.directory,
        secrets: connection.secrets,
        signal,
        onTick: () => onProgress?.(doing),
      });
    } catch (error) {
      // A process that was ended leaves locks and half-written files.
      if (!(error instanceof GitProcessError && error.outcome === 'failed')) cache.broken = true;
      throw error;
    }
  }

  async function withRemote(
    step: FailedStep['step'],
    args: readonly string[],
    extra: Pick<GitCall, 'config' | 'tracePackets'> = {},
  ): Promise<GitOutput> {
    try {
      return await inCache({
        ...extra,
        args,
        protocols: connection.protocols,
        config: { ...connection.config, ...extra.config },
        timeLimit: step === 'read' ? timeouts.read : timeouts.transfer,
      });
    } catch (error) {
      if (!(error instanceof GitProcessError)) throw error;
      if (step === 'push' && tipMoved(error))
        throw new TipMoved('The branch moved.', { cause: error });
      throw classifyFailure(error, { step, ...connection });
    }
  }

  async function withoutRemote<Fed>(
    args: readonly string[],
    input?: Iterable<Uint8Array, Fed>,
  ): Promise<GitOutput<Fed>> {
    try {
      // What is fed may be made on the way.
      const timeLimit = input === undefined ? timeouts.local : timeouts.transfer;
      return await inCache({ args, timeLimit, ...(input && { input }) });
    } catch (error) {
      if (!(error instanceof GitProcessError)) throw error;
      if (error.outcome === 'not_started') throw gitMissing(error);
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
      return (await withoutRemote(args, input)).stdout;
    },
    async feed(args, input) {
      const { stdout, fed } = await withoutRemote(args, input);
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
  };
}

/** What a cache that was broken twice means for operators. */
export function failureOf(error: CacheBroken, { url }: Pick<Connection, 'url'>): StreamFailure {
  return new StreamFailure(
    'repository_error',
    `Git failed in the cache of ${url}, also in a fresh one: ${error.message}. ` +
      "Check the space and the permissions of Gitward's data directory.",
    { cause: error },
  );
}

import type { StreamId } from '../../model/streams/ids.ts';
import type { Session } from '../run/session.ts';
import type { FindRecorded, StreamCommit } from '../types.ts';
import { gitward } from '../../model/streams/author.ts';
import { formatPerson, readSeconds } from './ident.ts';
import { parseTrailers } from './trailers.ts';

/** The stream whose commits are wanted. */
export interface OfStream {
  stream: StreamId;
  findRecorded: FindRecorded;
}

/** Bytes of commit objects that one search reads: the commits of a year, but not a message of a gigabyte. */
const mostRead = 64 * 1024 * 1024;

interface ReadCommit {
  sha: string;
  committedAt: Date;
  /** Whether Gitward, or whom it names instead, is the committer; also if it was not read. */
  byUs: boolean;
  /** The message; `null` if it was not read. */
  message: string | null;
}

/** Picks the commits of a stream out of those that a search comes across. */
export class StreamCommits {
  readonly #session: Session;
  readonly #wanted: OfStream;
  #left = mostRead;

  constructor(session: Session, wanted: OfStream) {
    this.#session = session;
    this.#wanted = wanted;
  }

  /**
   * Those of these commits that were recorded as the stream's own, whether or not we can read them, and those that claim
   * to be of the stream. What cannot be read because there is too much of it may claim anything.
   */
  async among(shas: readonly string[]): Promise<StreamCommit[]> {
    const { stream, findRecorded } = this.#wanted;
    if (shas.length === 0) return [];
    const commits = (await this.#readAll(shas)).map(({ message, ...commit }) => {
      const said = message === null ? null : parseTrailers(message);
      return {
        ...commit,
        isRead: message !== null,
        trailers: said?.stream === stream ? said : null,
      };
    });
    // Somebody else may have been named as the committer when a commit of ours was made.
    const ours = commits.filter(({ byUs, trailers }) => byUs || trailers !== null);
    if (ours.length === 0) return [];
    const batches = await findRecorded(ours.map(({ sha }) => sha));
    return ours.flatMap(({ sha, committedAt, byUs, isRead, trailers }): StreamCommit[] => {
      const recorded = batches.get(sha) ?? null;
      if (recorded !== null) return [{ sha, committedAt, trailers, recorded }];
      return (trailers === null || !byUs) && isRead
        ? []
        : [{ sha, committedAt, trailers, recorded: null }];
    });
  }

  /** The commits in the same order; also those that may not be read any more. */
  async #readAll(shas: readonly string[]): Promise<ReadCommit[]> {
    const sizes = await this.#sizes(shas);
    const readable = shas.filter((_, index) => {
      const size = sizes[index] ?? 0;
      if (size > this.#left) return false;
      this.#left -= size;
      return true;
    });
    const read = new Map((await this.#read(readable)).map((commit) => [commit.sha, commit]));
    return shas.map((sha) => read.get(sha) ?? unread(sha));
  }

  async #sizes(shas: readonly string[]): Promise<number[]> {
    const args = ['cat-file', '--batch-check=%(objectsize)'];
    const list = await this.#session.local(args, lines(shas));
    return list.toString().split('\n').map(Number);
  }

  async #read(shas: readonly string[]): Promise<ReadCommit[]> {
    if (shas.length === 0) return [];
    const format = '--format=%H%n%ct%n%cn%n%ce%n%B';
    const args = ['log', '-z', '--encoding=UTF-8', '--no-walk=unsorted', format, '--stdin'];
    const log = await this.#session.local(args, lines(shas));
    const committers = [gitward, this.#session.connection.style.committer].map(formatPerson);
    return log
      .toString()
      .split('\0')
      .filter((text) => text !== '')
      .map((text) => {
        const [sha = '', seconds, name, email, ...message] = text.split('\n');
        return {
          sha,
          committedAt: new Date(readSeconds(seconds) * 1000),
          byUs: committers.includes(`${name ?? ''} <${email ?? ''}>`),
          message: message.join('\n'),
        };
      });
  }
}

function unread(sha: string): ReadCommit {
  return { sha, committedAt: new Date(0), byUs: true, message: null };
}

function lines(shas: readonly string[]): Buffer[] {
  return [Buffer.from(shas.map((sha) => `${sha}\n`).join(''))];
}

import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { setImmediate } from 'node:timers/promises';
import type { ReadBlob } from './clones/clone-types.ts';
import { readAhead } from './clones/read-ahead.ts';
import { GitProcessError } from './run/run-git.ts';
import { killGroup, spawnGit, type GitRunnerOptions } from './run/spawn-git.ts';

/** The type and size of an object. */
export interface ObjectInfo {
  id: string;
  type: string;
  /** In bytes. */
  size: number;
}

/**
 * One repository's `git cat-file --batch-command`. It is started by the first question and ended
 * when it has not been used for a while.
 */
export interface CatFile {
  /** The id of the object that a ref points at now; `null` if there is no such ref. */
  refId(ref: string): Promise<string | null>;
  /** Describes those of these objects that are here, and leaves out the rest. */
  infos(ids: readonly string[]): Promise<ObjectInfo[]>;
  /** Yields those of these blobs that are here; content larger than `maxBytes` is never sent. */
  blobs(ids: Iterable<string>, maxBytes: number, signal: AbortSignal): AsyncGenerator<ReadBlob>;
  /**
   * One object of this type, as Git stores it; `null` if there is none. Content larger than `maxBytes` is never
   * sent, and `null`.
   */
  object(
    id: string,
    type: 'commit' | 'tree' | 'blob',
    maxBytes: number,
  ): Promise<{ size: number; content: Buffer | null } | null>;
  /**
   * Ends the process; pending questions fail with a `GitProcessError`. The next question starts
   * another.
   */
  end(): void;
}

/** The process ends after this many milliseconds without a question. */
const idleLimit = 60_000;
/** How many ids are asked about at once. */
const idsAtOnce = 1_000;
/**
 * How many bytes of content are requested at once: this is what a reader keeps in memory, apart
 * from one blob.
 */
const bytesAtOnce = 4 * 1024 * 1024;

/** See {@link CatFile}. Throws `GitProcessError` if the process fails. */
export function createCatFile(options: GitRunnerOptions, cwd: string): CatFile {
  let process: BatchProcess | null = null;
  let idle: NodeJS.Timeout | undefined;
  let asking = 0;

  function end(): void {
    clearTimeout(idle);
    process?.end();
    process = null;
  }

  /**
   * Answers are always read to their end, even if the caller has given up, so that nobody can put
   * the other callers out of step. What is requested at once is small.
   */
  async function ask(commands: readonly string[], contents: boolean): Promise<Answer[]> {
    clearTimeout(idle);
    asking += 1;
    if (process?.failure !== null) process = new BatchProcess(spawnGit(options, { args, cwd }));
    const asked = process;
    try {
      const answers = await asked.ask(commands, contents);
      if (answers.some(({ type }) => type === null)) await asked.check();
      return answers;
    } finally {
      asking -= 1;
      if (asking === 0) idle = setTimeout(end, idleLimit).unref();
    }
  }

  async function infos(ids: readonly string[]): Promise<ObjectInfo[]> {
    const known = ids.filter((id) => isObjectId(id));
    if (known.length === 0) return [];
    const answers = await ask(
      known.map((id) => `info ${id}`),
      false,
    );
    return answers.flatMap(({ id, type, size }) => (type === null ? [] : [{ id, type, size }]));
  }

  /**
   * Yields what one round of questions gives: some blobs are complete, and the ids of the others
   * are asked next.
   */
  async function* inRounds(ids: string[], maxBytes: number): AsyncGenerator<ReadBlob[]> {
    for (let start = 0; start < ids.length; start += idsAtOnce) {
      const found = await infos(ids.slice(start, start + idsAtOnce));
      let round: ObjectInfo[] = [];
      let bytes = 0;
      for (const info of found) {
        if (info.type !== 'blob') continue;
        round.push(info);
        bytes += info.size <= maxBytes ? info.size : 0;
        if (bytes < bytesAtOnce) continue;
        yield await contentsOf(round, maxBytes);
        round = [];
        bytes = 0;
      }
      if (round.length > 0) yield await contentsOf(round, maxBytes);
    }
  }

  async function contentsOf(round: readonly ObjectInfo[], maxBytes: number): Promise<ReadBlob[]> {
    const small = round.filter(({ size }) => size <= maxBytes);
    const answers =
      small.length === 0
        ? []
        : await ask(
            small.map(({ id }) => `contents ${id}`),
            true,
          );
    const contents = new Map(answers.map(({ id, content }) => [id, content]));
    return round.map(({ id, size }) => ({ blobId: id, size, content: contents.get(id) ?? null }));
  }

  return {
    async refId(ref) {
      const [answer] = await ask([`info ${ref}`], false);
      return answer === undefined || answer.type === null ? null : answer.id;
    },
    infos,
    async object(id, type, maxBytes) {
      const [info] = await infos([id]);
      if (info?.type !== type) return null;
      const { size } = info;
      if (size > maxBytes) return { size, content: null };
      const [answer] = await ask([`contents ${id}`], true);
      return { size, content: answer?.content ?? null };
    },
    async *blobs(ids, maxBytes, signal) {
      const wanted = [...new Set(ids)].filter((id) => isObjectId(id));
      for await (const round of readAhead(inRounds(wanted, maxBytes), 1)) {
        signal.throwIfAborted();
        yield* round;
      }
      signal.throwIfAborted();
    },
    end,
  };
}

const args = ['cat-file', '--batch-command', '--buffer'];

/** Whether a text is the full id of an object. */
export function isObjectId(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

interface Answer {
  id: string;
  /** `null` if there is no such object. */
  type: string | null;
  size: number;
  content: Buffer | null;
}

/** A round of questions that is waiting for its answers. */
interface Question {
  contents: boolean;
  left: number;
  answers: Answer[];
  resolve: (answers: Answer[]) => void;
  reject: (error: Error) => void;
}

/** The process and the questions that wait for it, in order. */
class BatchProcess {
  /** Why the process has ended. */
  failure: GitProcessError | null = null;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #questions: Question[] = [];
  /** What has arrived but has not been read yet, and its total length. */
  #pieces: Buffer[] = [];
  #length = 0;
  /** The header of the content that is being read. */
  #header: Answer | null = null;
  #stderr = '';

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    child.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-4096);
      // A damaged object is also reported as missing.
      if (/^(error|fatal):/m.test(this.#stderr)) this.end();
    });
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => this.#fail('not_started', error));
    child.on('close', () => this.#fail('failed'));
  }

  ask(commands: readonly string[], contents: boolean): Promise<Answer[]> {
    return new Promise((resolve, reject) => {
      this.#questions.push({ contents, left: commands.length, answers: [], resolve, reject });
      this.#child.stdin.write(`${commands.join('\n')}\nflush\n`);
    });
  }

  /**
   * Throws if git reported an error before it answered: the error is in the other pipe and will
   * have been read by the next turn.
   */
  async check(): Promise<void> {
    await setImmediate();
    await setImmediate();
    if (this.failure !== null) throw this.failure;
  }

  end(): void {
    // The process id of one that has ended may have been given to another process.
    if (this.failure === null) killGroup(this.#child.pid, 'SIGKILL');
    this.#fail('failed');
  }

  #fail(outcome: GitProcessError['outcome'], cause?: Error): void {
    if (this.failure !== null) return;
    this.failure = new GitProcessError('cat-file', outcome, '', this.#stderr, { cause });
    for (const question of this.#questions.splice(0)) question.reject(this.failure);
  }

  #take(chunk: Buffer): void {
    this.#pieces.push(chunk);
    this.#length += chunk.length;
    // Waits until the content is complete, instead of joining the pieces each time that one
    // arrives.
    if (this.#header !== null && this.#length <= this.#header.size) return;
    let rest = this.#pieces.length === 1 ? chunk : Buffer.concat(this.#pieces);
    for (;;) {
      const next = this.#read(rest);
      if (next === null) break;
      rest = next;
    }
    this.#pieces = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
  }

  /**
   * Reads one header or one content; returns what follows it, or `null` if it has not arrived
   * completely.
   */
  #read(bytes: Buffer): Buffer | null {
    const question = this.#questions[0];
    if (question === undefined) return null;
    const header = this.#header;
    if (header !== null) {
      // The content is followed by a line end.
      if (bytes.length <= header.size) return null;
      this.#header = null;
      this.#answer(question, {
        ...header,
        content: Buffer.from(bytes.subarray(0, header.size)),
      });
      return bytes.subarray(header.size + 1);
    }
    const end = bytes.indexOf(0x0a);
    if (end === -1) return null;
    const [id = '', type = '', size = ''] = bytes.subarray(0, end).toString('latin1').split(' ');
    const answer = { id, type, size: Number(size), content: null };
    if (size === '') this.#answer(question, { ...answer, type: null });
    else if (question.contents) this.#header = answer;
    else this.#answer(question, answer);
    return bytes.subarray(end + 1);
  }

  #answer(question: Question, answer: Answer): void {
    question.answers.push(answer);
    question.left -= 1;
    if (question.left > 0) return;
    this.#questions.shift();
    question.resolve(question.answers);
  }
}

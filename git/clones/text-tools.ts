import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitTextTools } from './clone-types.ts';
import { usualSearchPath } from '../deliver/deliverer.ts';
import { mergedChunks, newMarkers } from './merged-chunks.ts';
import { createGitRunner, GitProcessError } from '../run/run-git.ts';

/** Options of {@link createGitTextTools}. */
export interface GitTextToolsOptions {
  /** A directory of ours: git's HOME, which also holds the short-lived files that git compares. */
  directory: string;
  /** Where to look for git; defaults to the usual places. */
  searchPath?: string;
}

const maxBytes = 1024 * 1024;
const timeLimit = 5_000;
/**
 * More than three texts need, unless they consist of nothing but conflicts, which a reader sees as
 * a single conflict.
 */
const maxOutput = 8 * maxBytes;

/** How long a call could last, with much to spare, in milliseconds. */
const leftAfter = 60 * 60_000;

/** Removes the folders of calls whose process was killed. */
export async function removeLeftTexts(directory: string): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    const path = join(directory, name);
    const { mtimeMs } = (await stat(path).catch(() => null)) ?? { mtimeMs: Date.now() };
    if (name.startsWith('texts-') && Date.now() - mtimeMs > leftAfter)
      await rm(path, { recursive: true, force: true });
  }
}

/**
 * See `GitTextTools`. No process is started if the texts are equal or only one side has changed.
 */
export function createGitTextTools(options: GitTextToolsOptions): GitTextTools {
  const { directory, searchPath = usualSearchPath } = options;
  const run = createGitRunner({ home: directory, searchPath });

  /**
   * Runs git on files with these names and contents; `null` if it took too long or printed too
   * much.
   */
  async function over(
    files: Readonly<Record<string, string>>,
    args: readonly string[],
    lastGoodExitCode: number,
  ): Promise<string | null> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const cwd = await mkdtemp(join(directory, 'texts-'));
    try {
      for (const [name, text] of Object.entries(files))
        await writeFile(join(cwd, name), text, { mode: 0o600 });
      const { signal } = new AbortController();
      const { stdout } = await run({ args, cwd, timeLimit, maxOutput, lastGoodExitCode, signal });
      return stdout.toString('utf8');
    } catch (error) {
      if (error instanceof GitProcessError && isLimit(error)) return null;
      throw error;
    } finally {
      await rm(cwd, { recursive: true, force: true });
    }
  }

  return {
    async merge({ base, git, mine }) {
      const decided = git === mine || base === mine ? git : base === git ? mine : null;
      if (decided !== null) return decided === '' ? [] : [{ kind: 'same', text: decided }];
      if (![base, git, mine].every(isPlainText)) return null;
      const markers = newMarkers([base, git, mine], randomBytes(16).toString('hex'));
      // Every text ends with a line end, so that git adds none of its own: see `mergedChunks`.
      const files = { git: `${git}\n`, base: `${base}\n`, mine: `${mine}\n` };
      const labels = ['git', 'base', 'mine'].flatMap(() => ['-L', markers.label]);
      const size = `--marker-size=${markers.size}`;
      const merged = await over(
        files,
        ['merge-file', '-p', '-q', '--diff3', size, ...labels, 'git', 'base', 'mine'],
        // The exit code is the number of conflicts, up to 127; errors have higher codes.
        127,
      );
      return merged === null ? null : mergedChunks(merged, markers);
    },

    async diff(from, to) {
      if (from === to) return '';
      if (![from, to].every(isPlainText)) return null;
      const plain = ['--no-color', '--no-ext-diff', '--no-textconv', '--text', '--unified=3'];
      const said = await over(
        { from, to },
        ['diff', '--no-index', ...plain, '--', 'from', 'to'],
        1,
      );
      return said === null ? null : said.slice(said.indexOf('\n@@ ') + 1);
    },
  };
}

function isLimit({ outcome }: GitProcessError): boolean {
  return outcome === 'timeout' || outcome === 'output_too_long';
}

/** Whether git treats a text as text, and its bytes can be decoded back to the same text. */
function isPlainText(text: string): boolean {
  return Buffer.byteLength(text) <= maxBytes && !/[\p{Surrogate}\0]/u.test(text);
}

import type { Db, Trx } from '../../db/connect.ts';
import type { Mirror } from '../../db/mirror/mirrors.ts';
import type { RenderedEntry } from '../../db/mirror/rendered-files.ts';
import type { Sealer } from '../../db/sealing.ts';
import { readFingerprintKey } from '../../db/streams/installation.ts';
import { keepFindings, replaceFindings } from '../../db/streams/secret-findings.ts';
import { blobId } from '../../git/blob-id.ts';
import type { MirrorPolicy } from '../../model/mirror/mirror.ts';
import type { RenderedFile } from '../../model/platform/tree.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import { guardKey, guardSettings, type SecretFinding } from '../../model/text/secrets-in-text.ts';
import { TextGuard } from '../../secrets/text-guard.ts';

/** What was made of a tree's files before: path → entry. */
type Before = ReadonlyMap<string, RenderedEntry>;

/** Makes the guard of one rendering, given what was made of its files before. */
export type NewTreeGuard = (before: Before) => TreeGuard;

/** The guards of a mirror's renderings. */
export async function openTreeGuards(
  { db, sealer }: { db: Db; sealer: Sealer },
  { policy, guardedAs }: { policy: MirrorPolicy; guardedAs: Mirror['guardedAs'] },
): Promise<NewTreeGuard> {
  const texts = new TextGuard(guardSettings(policy), await readFingerprintKey(db, sealer));
  // What was delivered before there were guards was looked at in no way: it is, like everything, when it changes.
  const isSame = guardKey(texts.settings) === (guardedAs ?? guardKey(guardSettings({})));
  return (before) => new TreeGuard(texts, isSame ? before : new Map());
}

/**
 * Every file passes it on its way into a mirror's tree, before anything is stored or sent. Only what is new or changed is
 * looked at: neither a newer version of the rules nor a rendering of everything rewrites a file.
 */
export class TreeGuard {
  readonly #texts: TextGuard;
  readonly #before: Before;
  readonly #looked = new Set<string>();
  readonly #findings: SecretFinding[] = [];

  /** `before`: what was made of the files under the same settings. */
  constructor(texts: TextGuard, before: Before) {
    this.#texts = texts;
    this.#before = before;
  }

  /** The secrets in the files that were looked at. */
  get findings(): readonly SecretFinding[] {
    return this.#findings;
  }

  /** What was made of the file before, if its content is still the same; otherwise `null`. */
  asBefore({ path, owner, ...file }: RenderedFile): RenderedEntry | null {
    const before = this.#before.get(path);
    if (before === undefined) return null;
    const from = before.maskedFrom ?? null;
    const isSame =
      from === null ? file.blobId === before.blobId : this.#fingerprint(file.content) === from;
    return isSame ? { ...before, owner } : null;
  }

  /** The file as it may be stored and sent. */
  look(file: RenderedFile): RenderedFile {
    const { path } = file;
    this.#looked.add(path);
    const given = Buffer.from(file.content.buffer, file.content.byteOffset, file.content.length);
    const { text, findings } = this.#texts.look(path, given.toString());
    this.#findings.push(...findings);
    if (!findings.some(({ masked }) => masked)) return file;
    const content = Buffer.from(text);
    return { ...file, content, blobId: blobId(content), maskedFrom: this.#fingerprint(given) };
  }

  /** A text that is no file, such as a commit message. */
  text(text: string): string {
    return this.#texts.look('', text).text;
  }

  /** Stores what was found in the files of a window, in place of what they had; `removed` have nothing any more. */
  async keep(trx: Trx, stream: StreamId, removed: readonly string[]): Promise<void> {
    await replaceFindings(trx, stream, [...this.#looked, ...removed], this.#findings);
  }

  /** Stores what was found in a whole tree with these paths. */
  async keepAll(trx: Trx, stream: StreamId, paths: ReadonlySet<string>): Promise<void> {
    await keepFindings(trx, stream, (path) => paths.has(path) && !this.#looked.has(path));
    await replaceFindings(trx, stream, [...this.#looked], this.#findings);
  }

  #fingerprint(content: Uint8Array): string {
    return this.#texts.fingerprint(content);
  }
}

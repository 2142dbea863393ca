import type { Json } from '../../model/text/json.ts';
import type { MirrorPolicy } from '../../model/mirror/mirror.ts';
import { formatJson } from '../../model/text/ordered-json.ts';
import type { ObjectKey, RenderedFile, ReplacedSecret } from '../../model/platform/tree.ts';
import { blobId } from '../../git/blob-id.ts';
import { formatItemLines } from './item-lines.ts';
import { protectSecrets, protectText } from './secrets.ts';

/** A file before it is encoded as bytes. */
export interface DraftFile {
  path: string;
  owner: ObjectKey;
  /** Text, or JSON, which is formatted as the CLI does. Both may still contain secrets, which the builder leaves out. */
  content: Json;
  /** Whether to write one line per item of an array: see {@link formatItemLines}. */
  itemLines?: boolean;
}

/** Collects the files of a tree. All files go through it, so no secret can get past it. */
export class TreeBuilder {
  #files: RenderedFile[] = [];
  readonly #paths = new Set<string>();
  readonly replacedSecrets: ReplacedSecret[] = [];
  readonly #secrets: MirrorPolicy['secrets'];

  constructor(secrets: MirrorPolicy['secrets']) {
    this.#secrets = secrets;
  }

  /** Adds all files of an object. If one of them cannot be written, throws and adds none of them. */
  add(drafts: readonly DraftFile[]): void {
    const added: RenderedFile[] = [];
    const replaced: ReplacedSecret[] = [];
    for (const draft of drafts) {
      const { path, owner } = draft;
      if (this.#paths.has(path)) throw new Error(`${path} is already the file of another object`);
      const bytes = Buffer.from(this.#text(draft, replaced));
      added.push({ path, owner, content: bytes, blobId: blobId(bytes) });
    }
    for (const { path } of added) this.#paths.add(path);
    this.#files.push(...added);
    this.replacedSecrets.push(...replaced);
  }

  /** Returns the files that were added since the last call. The builder keeps none of their bytes. */
  take(): RenderedFile[] {
    const files = this.#files;
    this.#files = [];
    return files;
  }

  #text({ path, content, itemLines = false }: DraftFile, replaced: ReplacedSecret[]): string {
    if (typeof content === 'string') return protectText(content, this.#secrets);
    const { value, replaced: pointers } = protectSecrets(content, this.#secrets);
    for (const pointer of pointers) replaced.push({ path, pointer });
    return itemLines && value instanceof Map ? formatItemLines(value) : formatJson(value);
  }
}

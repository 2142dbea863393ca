import type { Findings, ObjectKey, RenderWarning } from '../../../model/platform/tree.ts';
import type { ConfigNode, Layout, RowNode } from './layout.ts';
import type { TreeBuilder } from '../../tree/tree-builder.ts';

/** The warning that an object's files could not be written. */
export function notWritten(owner: ObjectKey, error: unknown): RenderWarning {
  const reason = error instanceof Error ? error.message : String(error);
  return { owner, message: `It could not be written: ${reason}` };
}

/** What writing the files of each group finds; and what it found before, of groups that are not written. */
export class FindingsLog {
  /** Of the groups that were written. */
  readonly found = new Map<ObjectKey, Findings>();
  readonly #tree: TreeBuilder;
  readonly #layout: Layout;
  readonly #before: ReadonlyMap<ObjectKey, Findings>;

  constructor(tree: TreeBuilder, layout: Layout, before: ReadonlyMap<ObjectKey, Findings>) {
    this.#tree = tree;
    this.#layout = layout;
    this.#before = before;
  }

  /** Writes something of a group, and notes what that found. */
  during(group: ObjectKey, write: () => void): void {
    const { replacedSecrets } = this.#tree;
    const { warnings, incomplete } = this.#layout;
    const [secretsBefore, warningsBefore] = [replacedSecrets.length, warnings.length];
    const incompleteBefore = incomplete.length;
    write();
    const found = this.#of(group);
    found.replacedSecrets.push(...replacedSecrets.slice(secretsBefore));
    found.warnings.push(...warnings.slice(warningsBefore));
    for (const { node, reason } of incomplete.slice(incompleteBefore))
      found.incomplete.push({ key: node.key, reason });
  }

  /** Notes that an object's files could not be written, and warns of it. */
  failed(group: ObjectKey, failure: Findings['failed'][number], error: unknown): void {
    this.#layout.warnings.push(notWritten(failure.key, error));
    this.#of(group).failed.push(failure);
  }

  /** Puts back what writing a group found before; `nodes` are its objects. */
  recall(group: ObjectKey, nodes: readonly (ConfigNode | RowNode)[]): void {
    const before = this.#before.get(group);
    if (before === undefined) return;
    this.#layout.warnings.push(...before.warnings);
    this.#tree.replacedSecrets.push(...before.replacedSecrets);
    for (const { key, reason } of before.incomplete) {
      const node = nodes.find((one) => one.key === key);
      if (node !== undefined) this.#layout.incomplete.push({ node, reason });
    }
  }

  /** Whether an object's files could not be written before, nor are now. */
  hasFailed(group: ObjectKey, key: ObjectKey, folder: 'configs' | 'unlinked'): boolean {
    const findings = this.found.get(group) ?? this.#before.get(group);
    return findings?.failed.some((one) => one.key === key && one.folder === folder) ?? false;
  }

  #of(group: ObjectKey): Findings {
    const known = this.found.get(group);
    if (known !== undefined) return known;
    const found = { failed: [], incomplete: [], warnings: [], replacedSecrets: [] };
    this.found.set(group, found);
    return found;
  }
}

import type { Findings, ObjectKey, RenderWarning } from '../../../model/platform/tree.ts';
import type { ConfigNode, Layout, RowNode } from './layout.ts';
import type { TreeBuilder } from '../../tree/tree-builder.ts';

/** A warning that an object's files could not be written. */
export function notWritten(owner: ObjectKey, error: unknown): RenderWarning {
  const reason = error instanceof Error ? error.message : String(error);
  return { owner, message: `It could not be written: ${reason}` };
}

/**
 * What was found while writing the files of each group, including earlier findings of groups that are not
 * written this time.
 */
export class FindingsLog {
  /** The findings of the groups that were written. */
  readonly found = new Map<ObjectKey, Findings>();
  readonly #tree: TreeBuilder;
  readonly #layout: Layout;
  readonly #before: ReadonlyMap<ObjectKey, Findings>;

  constructor(tree: TreeBuilder, layout: Layout, before: ReadonlyMap<ObjectKey, Findings>) {
    this.#tree = tree;
    this.#layout = layout;
    this.#before = before;
  }

  /** Writes a part of a group, and records what was found. */
  during(group: ObjectKey, write: () => void): void {
    const { replacedSecrets } = this.#tree;
    const { warnings, incomplete } = this.#layout;
    const [secretsBefore, warningsBefore] = [replacedSecrets.length, warnings.length];
    const incompleteBefore = incomplete.length;
    write();
    const found = this.#of(group);
    found.replacedSecrets.push(...replacedSecrets.slice(secretsBefore));
    found.warnings.push(...warnings.slice(warningsBefore));
    for (const { node, ...what } of incomplete.slice(incompleteBefore))
      found.incomplete.push({ key: node.key, ...what });
  }

  /** Records that an object's files could not be written, and adds a warning. */
  failed(group: ObjectKey, failure: Findings['failed'][number], error: unknown): void {
    this.#layout.warnings.push(notWritten(failure.key, error));
    this.#of(group).failed.push(failure);
  }

  /** Restores the earlier findings of a group with these objects. */
  recall(group: ObjectKey, nodes: readonly (ConfigNode | RowNode)[]): void {
    const before = this.#before.get(group);
    if (before === undefined) return;
    this.#layout.warnings.push(...before.warnings);
    this.#tree.replacedSecrets.push(...before.replacedSecrets);
    for (const { key, ...what } of before.incomplete) {
      const node = nodes.find((one) => one.key === key);
      if (node !== undefined) this.#layout.incomplete.push({ node, ...what });
    }
  }

  /**
   * Whether an object's files could not be written, this time or, if they were not written this time, before.
   */
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

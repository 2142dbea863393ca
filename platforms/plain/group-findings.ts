import type {
  Findings,
  ObjectKey,
  RenderWarning,
  ReplacedSecret,
} from '../../model/platform/tree.ts';
import type { TreeBuilder } from '../tree/tree-builder.ts';

/**
 * What was found while writing groups, including earlier findings of groups that are not written this time.
 */
export class GroupFindings {
  /** The findings of the groups that were written. */
  readonly found = new Map<ObjectKey, Findings>();
  readonly warnings: RenderWarning[] = [];
  readonly replacedSecrets: ReplacedSecret[] = [];
  readonly #tree: TreeBuilder;
  readonly #before: ReadonlyMap<ObjectKey, Findings>;

  constructor(tree: TreeBuilder, before: ReadonlyMap<ObjectKey, Findings>) {
    this.#tree = tree;
    this.#before = before;
  }

  /**
   * Writes a group and returns whether that succeeded. A group that cannot be written does not stop the
   * others.
   */
  during(group: ObjectKey, key: ObjectKey, write: () => void): boolean {
    const findings: Findings = { failed: [], incomplete: [], warnings: [], replacedSecrets: [] };
    const before = this.#tree.replacedSecrets.length;
    try {
      write();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      findings.failed.push({ key, folder: 'objects' });
      findings.warnings.push({ owner: key, message: `It could not be written: ${reason}` });
    }
    findings.replacedSecrets.push(...this.#tree.replacedSecrets.slice(before));
    this.found.set(group, findings);
    this.#take(findings);
    return findings.failed.length === 0;
  }

  /** Restores the earlier findings of a group, and returns whether the group could be written then. */
  recall(group: ObjectKey, key: ObjectKey): boolean {
    const before = this.#before.get(group);
    if (before !== undefined) this.#take(before);
    return before?.failed.some((one) => one.key === key) !== true;
  }

  #take({ warnings, replacedSecrets }: Findings): void {
    this.warnings.push(...warnings);
    this.replacedSecrets.push(...replacedSecrets);
  }
}

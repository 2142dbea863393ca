import type {
  Findings,
  ObjectKey,
  RenderWarning,
  ReplacedSecret,
} from '../../model/platform/tree.ts';
import type { TreeBuilder } from '../tree/tree-builder.ts';

/** What writing groups finds, and what it found before of those that are not written now. */
export class GroupFindings {
  /** Of the groups that were written. */
  readonly found = new Map<ObjectKey, Findings>();
  readonly warnings: RenderWarning[] = [];
  readonly replacedSecrets: ReplacedSecret[] = [];
  readonly #tree: TreeBuilder;
  readonly #before: ReadonlyMap<ObjectKey, Findings>;

  constructor(tree: TreeBuilder, before: ReadonlyMap<ObjectKey, Findings>) {
    this.#tree = tree;
    this.#before = before;
  }

  /** Writes a group; answers whether it could be written. What cannot be stops no other group. */
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

  /** Puts back what writing a group found before; answers whether it could be written. */
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

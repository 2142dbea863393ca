import type { Tip } from '../../../git/types.ts';
import { pathKey } from '../../../model/text/path-key.ts';

/** What the tip has at paths, however it is spelled there. Each folder is listed only once. */
export class NamesAtTip {
  readonly #tip: Pick<Tip, 'namesIn'>;
  readonly #listed = new Map<string, Map<string, string[]>>();

  constructor(tip: Pick<Tip, 'namesIn'>) {
    this.#tip = tip;
  }

  /** The paths of what some file systems would take for `path`, which is among them if it is at the tip. */
  async alike(path: string): Promise<string[]> {
    let found = [''];
    for (const name of path.split('/')) {
      const below: string[] = [];
      for (const folder of found) {
        const names = (await this.#namesIn(folder)).get(pathKey(name)) ?? [];
        below.push(...names.map((one) => (folder === '' ? one : `${folder}/${one}`)));
      }
      found = below;
    }
    return found;
  }

  async #namesIn(folder: string): Promise<Map<string, string[]>> {
    const known = this.#listed.get(folder);
    if (known !== undefined) return known;
    const byKey = new Map<string, string[]>();
    for (const name of await this.#tip.namesIn(folder)) {
      const key = pathKey(name);
      byKey.set(key, [...(byKey.get(key) ?? []), name]);
    }
    this.#listed.set(folder, byKey);
    return byKey;
  }
}

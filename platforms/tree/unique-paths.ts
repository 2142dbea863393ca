import { slug } from './slug.ts';

// The CLI's limits: what file systems accept as a name, minus the suffix.
const maxNameBytes = 255;
const suffixBytes = 4;

/** Assigns paths so that no two objects have the same. */
export class UniquePaths {
  readonly #taken = new Set<string>();
  readonly #lastSuffix = new Map<string, number>();

  /** Takes exactly this path. Returns `false` if it is already taken. */
  claim(path: string): boolean {
    if (this.#taken.has(path)) return false;
    this.#taken.add(path);
    return true;
  }

  /**
   * Takes the wanted path below a parent (`''` for the root), or the first free one with a suffix `-001`,
   * `-002`, …
   */
  take(parent: string, wanted: string): string {
    const path = joinPath(parent, suffixedPath(wanted, 0));
    // Paths are never released, so a suffix that was taken need not be tried again.
    for (let suffix = this.#lastSuffix.get(path) ?? 0; ; suffix++) {
      const candidate = suffix === 0 ? path : joinPath(parent, suffixedPath(wanted, suffix));
      if (!this.claim(candidate)) continue;
      this.#lastSuffix.set(path, suffix);
      return candidate;
    }
  }
}

/** Whether a path is the wanted one, or the wanted one with a suffix. */
export function isVariantOf(path: string, wanted: string): boolean {
  if (path === suffixedPath(wanted, 0)) return true;
  const suffix = /-([0-9]{3,9})$/.exec(path)?.[1];
  return (
    suffix !== undefined && Number(suffix) > 0 && path === suffixedPath(wanted, Number(suffix))
  );
}

/** The name of a block, code, phase or task: its number (counted from 0) and its slug, which may be empty. */
export function numberedName(index: number, name: string): string {
  return suffixedPath(`${String(index + 1).padStart(3, '0')}-${slug(name)}`, 0);
}

/** A path relative to the parent that it starts with. The parent's path may be empty. */
export function below(parent: string, path: string): string {
  return parent === '' ? path : path.slice(parent.length + 1);
}

/** Joins the path of a parent, which may be empty, and the path of something below it. */
export function joinPath(parent: string, path: string): string {
  return parent === '' ? path : `${parent}/${path}`;
}

/**
 * The wanted path with the suffix for this number (0 for none), its last name shortened to what file systems
 * accept. If the last name is empty, the path is that of the folder, as in the CLI.
 */
export function suffixedPath(wanted: string, number: number): string {
  const slash = wanted.lastIndexOf('/') + 1;
  const name = truncate(wanted.slice(slash), maxNameBytes - suffixBytes);
  if (number === 0)
    return name === '' ? wanted.slice(0, Math.max(slash - 1, 0)) : wanted.slice(0, slash) + name;
  const suffix = `-${String(number).padStart(3, '0')}`;
  // Here the CLI makes a slug of the whole name, so dots in it become dashes.
  return wanted.slice(0, slash) + slug(truncate(name, maxNameBytes - suffix.length) + suffix);
}

/** Shortens text to a number of UTF-8 bytes, without splitting a character. */
function truncate(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  let end = maxBytes;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}

import { slug } from './slug.ts';

// The CLI's limits: what file systems take for a name, less the suffix.
const maxNameBytes = 255;
const suffixBytes = 4;

/** Hands out paths so that no two objects have the same. */
export class UniquePaths {
  readonly #taken = new Set<string>();
  readonly #lastSuffix = new Map<string, number>();

  /** Takes exactly this path; false where somebody has it. */
  claim(path: string): boolean {
    if (this.#taken.has(path)) return false;
    this.#taken.add(path);
    return true;
  }

  /** Takes the wanted path below a parent (`''`: at the top), or the first free one with `-001`, `-002`, … */
  take(parent: string, wanted: string): string {
    const path = joinPath(parent, suffixed(wanted, 0));
    // Nothing is ever given back, so a suffix that was taken once need not be tried again.
    for (let suffix = this.#lastSuffix.get(path) ?? 0; ; suffix++) {
      const candidate = suffix === 0 ? path : joinPath(parent, suffixed(wanted, suffix));
      if (!this.claim(candidate)) continue;
      this.#lastSuffix.set(path, suffix);
      return candidate;
    }
  }
}

/** Whether a path is the wanted one, or the wanted one with a suffix. */
export function isVariantOf(path: string, wanted: string): boolean {
  if (path === suffixed(wanted, 0)) return true;
  const suffix = /-([0-9]{3,9})$/.exec(path)?.[1];
  return suffix !== undefined && Number(suffix) > 0 && path === suffixed(wanted, Number(suffix));
}

/** The name of a block, a code, a phase or a task: its number (from 0) and its slug, which may be empty. */
export function numberedName(index: number, name: string): string {
  return suffixed(`${String(index + 1).padStart(3, '0')}-${slug(name)}`, 0);
}

/** The path below a parent, whose own path may be empty. */
export function below(parent: string, path: string): string {
  return parent === '' ? path : path.slice(parent.length + 1);
}

/** Joins a parent's path, which may be empty, and one below it. */
export function joinPath(parent: string, path: string): string {
  return parent === '' ? path : `${parent}/${path}`;
}

/** A wanted path with the suffix of a number (0: none), its last name cut to what file systems take. */
function suffixed(wanted: string, number: number): string {
  const slash = wanted.lastIndexOf('/') + 1;
  const name = truncate(wanted.slice(slash), maxNameBytes - suffixBytes);
  if (number === 0) return wanted.slice(0, slash) + name;
  const suffix = `-${String(number).padStart(3, '0')}`;
  // The CLI makes a slug of the whole name at this point, so dots in it become dashes.
  return wanted.slice(0, slash) + slug(truncate(name, maxNameBytes - suffix.length) + suffix);
}

/** Cuts text to a number of UTF-8 bytes, at a character. */
function truncate(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  let end = maxBytes;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}

const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const letters = capitals + capitals.toLowerCase();
const digits = '0123456789';

/** The signs that values are made of. */
export const signs = {
  digits,
  capitals: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  hex: `${digits}abcdef`,
  base62: letters + digits,
  base64: `${letters}${digits}+/`,
  base64url: `${letters}${digits}-_`,
};

/** Random values that are the same for the same seed. */
export class SeededSigns {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A whole number from 0 up to, but without, `below`. */
  number(below: number): number {
    // mulberry32
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  }

  one<T>(of: readonly T[]): T {
    const [first] = of.slice(this.number(of.length));
    if (first === undefined) throw new Error('There is nothing to choose from.');
    return first;
  }

  /** So many of these signs. */
  text(of: keyof typeof signs, length: number): string {
    const all = signs[of];
    return Array.from({ length }, () => all.charAt(this.number(all.length))).join('');
  }

  uuid(): string {
    return [8, 4, 4, 4, 12].map((length) => this.text('hex', length)).join('-');
  }
}

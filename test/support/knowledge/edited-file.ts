import type { SeededRandom } from '../seeded-random.ts';

/** How a file, or what an editor sends, is written: the line end of each line, the last one, and the byte order mark. */
export interface Writing {
  /** The line end of a line, counted from 0. */
  end: (at: number) => string;
  isOpen: boolean;
  mark: boolean;
}

const lf = () => '\n';
const crlf = () => '\r\n';

/** Files of other people's editors, by what is special about them. */
export const fileWritings: Record<string, Writing> = {
  lf: { end: lf, isOpen: false, mark: false },
  crlf: { end: crlf, isOpen: false, mark: false },
  mixed: { end: (at) => (at % 3 === 1 ? '\r\n' : '\n'), isOpen: false, mark: false },
  open: { end: lf, isOpen: true, mark: false },
  marked: { end: lf, isOpen: false, mark: true },
  everything: { end: (at) => (at % 4 === 0 ? '\n' : '\r\n'), isOpen: true, mark: true },
};

/** What editors make of a text before they send it. */
export const editorWritings: readonly Writing[] = [
  { end: lf, isOpen: false, mark: false },
  { end: crlf, isOpen: false, mark: false },
  { end: lf, isOpen: true, mark: false },
  { end: crlf, isOpen: true, mark: false },
  { end: lf, isOpen: false, mark: true },
  { end: crlf, isOpen: true, mark: true },
];

interface FileLine {
  text: string;
  end: string;
}

/** A file line by line, and what must become of it: nothing here knows how Gitward finds out. */
export class EditedFile {
  readonly #writing: Writing;
  #lines: FileLine[];
  #count = 0;

  constructor(id: string, writing: Writing) {
    this.#writing = writing;
    const fields = ['---', `id: ${id}`, 'name: "Acme"   # as on the contract', 'tier: t0', '---'];
    const body = Array.from({ length: 12 }, (_, at) => (at % 2 === 0 ? `Line ${at} of ${id}` : ''));
    const texts = [...fields, ...body, 'The last line'];
    this.#lines = texts.map((text, at) => ({ text, end: writing.end(at) }));
    this.#settle();
  }

  /** The bytes that the file must have. */
  get text(): string {
    return (
      (this.#writing.mark ? '\ufeff' : '') + this.#lines.map(({ text, end }) => text + end).join('')
    );
  }

  /** The file, or its body, as this editor sends it. */
  sentBy({ end, isOpen, mark }: Writing, part: 'text' | 'body'): string {
    const start = part === 'text' ? 0 : this.#bodyStart;
    const texts = this.#lines.slice(start).map(({ text }) => text);
    const joined = texts.map((text, at) => text + end(at)).join('');
    return (mark ? '\ufeff' : '') + (isOpen ? joined.replace(/\r?\n$/, '') : joined);
  }

  /** Sets the field `tier`, and returns its new value. */
  setTier(): string {
    this.#count += 1;
    const line = this.#lines.find(({ text }) => text.startsWith('tier: '));
    if (line === undefined) throw new Error('The field is gone.');
    line.text = `tier: t${this.#count}`;
    return `t${this.#count}`;
  }

  /** Changes, adds or removes a line of the body. */
  editLine(random: SeededRandom): void {
    this.#count += 1;
    const worded = this.#lines.flatMap(({ text }, at) =>
      text === '' || at < this.#bodyStart ? [] : [at],
    );
    const at = random.of(worded);
    const line = this.#lines[at];
    if (line === undefined) throw new Error('There is no such line.');
    const action = random.of(['change', 'add', 'remove']);
    if (action === 'change') line.text = `Changed ${this.#count}`;
    // If an empty line were the last one, nobody could tell what an editor means that drops the last line end.
    else if (action === 'remove' && at !== worded.at(-1) && worded.length > 3)
      this.#lines.splice(at, 1);
    else {
      // A last line without a line end gets that of the line before it.
      if (line.end === '') line.end = this.#lines[at - 1]?.end ?? '\n';
      this.#lines.splice(at + 1, 0, { text: `Added ${this.#count}`, end: line.end });
    }
    this.#settle();
  }

  /** How many lines a diff to this text removes and adds. */
  changesFrom(old: string): { removed: number; added: number } {
    const left = old.split(/(?<=\n)/);
    const added = this.text.split(/(?<=\n)/).filter((line) => {
      const at = left.indexOf(line);
      if (at !== -1) left.splice(at, 1);
      return at === -1;
    });
    return { removed: left.length, added: added.length };
  }

  get #bodyStart(): number {
    return this.#lines.findLastIndex(({ text }) => text === '---') + 1;
  }

  #settle(): void {
    const last = this.#lines.at(-1);
    if (last !== undefined && this.#writing.isOpen) last.end = '';
  }
}

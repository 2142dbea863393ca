import type { Heading } from '../markdown/headings.ts';

/** A heading below `Examples` with all that belongs to it, as offsets in the text. */
export interface ExampleSpan {
  heading: Heading;
  end: number;
}

/** A section `Examples` of a text, as offsets in it. */
export interface ExampleSection {
  heading: Heading;
  end: number;
  spans: ExampleSpan[];
}

/**
 * The sections of a text that begin with such a heading, up to the next heading of the same or a higher level, and what each
 * heading in them begins: those of the level of the first one, and of higher ones. One inside another is no section of its own.
 */
export function exampleSections(
  headings: readonly Heading[],
  length: number,
  isExamples: (heading: Heading) => boolean,
): ExampleSection[] {
  const sections: ExampleSection[] = [];
  let open: ExampleSection | null = null;
  for (const heading of headings) {
    if (open !== null && heading.level <= open.heading.level) {
      closeAt(open, heading.start);
      open = null;
    }
    if (open === null) {
      if (!isExamples(heading)) continue;
      open = { heading, end: length, spans: [] };
      sections.push(open);
    } else if (heading.level <= (open.spans[0]?.heading.level ?? heading.level)) {
      closeAt(open, heading.start);
      open.spans.push({ heading, end: length });
    }
  }
  if (open !== null) closeAt(open, length);
  return sections;
}

/** Ends a section, and the last of what is in it, unless that is followed by more. */
function closeAt(section: ExampleSection, end: number): void {
  section.end = end;
  const last = section.spans.at(-1);
  if (last !== undefined) last.end = end;
}

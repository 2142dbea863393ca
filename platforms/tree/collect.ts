import type { RenderedFile, Rendering, WrittenProject } from '../../model/platform/tree.ts';

/** Collects all files of a project that is being written. */
export function collect(writing: Generator<RenderedFile[], WrittenProject>): Rendering {
  const files = new Map<string, RenderedFile>();
  for (;;) {
    const { value, done } = writing.next();
    if (done === true) return { ...value, files };
    for (const file of value) files.set(file.path, file);
  }
}

import type { LineageNode } from '../../../../model/mirror/reading/lineage-graph.ts';
import { texts } from '../../../texts/index.ts';

const words = texts.lineage;

/** How a node is called, and where it belongs: to a component, or to a bucket. */
export interface NodeWords {
  name: string;
  detail: string;
  /** The other project that it belongs to; `null` if to this one. */
  project: string | null;
  /** All of it in one line, for those who do not see it. */
  whole: string;
}

/**
 * The words of a node. A configuration whose name is not known is called as its folder is, which the mirror makes of its
 * name, and by its id if it has none.
 */
export function nodeWords(node: LineageNode): NodeWords {
  const project = node.projectId === null ? null : words.inProject(node.projectId);
  const [name, detail] = nameOf(node);
  const whole = [words.kinds[node.kind], name, detail, project].filter(Boolean).join(', ');
  return { name, detail, project, whole };
}

function nameOf({
  kind,
  tableId,
  bucketId,
  componentId,
  configurationId,
  configurationName,
  componentName,
  path,
}: LineageNode): [string, string] {
  switch (kind) {
    case 'table': {
      const bucket = bucketId ?? '';
      const id = tableId ?? '';
      return [id.startsWith(`${bucket}.`) ? id.slice(bucket.length + 1) || id : id, bucket];
    }
    case 'bucket':
      return [bucketId ?? '', words.wholeBucket];
    case 'configuration':
      return [
        configurationName ?? path?.split('/').at(-1) ?? configurationId ?? '',
        componentName ?? componentId ?? '',
      ];
  }
}

/** How a link is known, as a reader would say it. */
export function knownByWords(knownBy: string): string {
  return Object.entries(words.knownBy).find(([key]) => key === knownBy)?.[1] ?? knownBy;
}

import type { PlantedBug } from '../chaos/bugs/planted-bugs.ts';

/** Descriptions of routes that are not so: the fuzzer must find each of them. */
export const lies = {
  /** A status that the route gives is not described. */
  'status-left-out': {
    file: 'api/mirror/projects.ts',
    replacements: [
      [
        "config: { role: 'agent', refuses: [404] },\n      schema: {\n        tags: ['projects'],\n        summary: 'Show a project',",
        "config: { role: 'agent' },\n      schema: {\n        tags: ['projects'],\n        summary: 'Show a project',",
      ],
    ],
  },
  /** A field has other values than described. */
  'other-values': {
    file: 'api/access/tokens/token-schema.ts',
    replacements: [
      [
        "id: Type.String(),\n  kind: OneOf('person', 'machine'),",
        "id: Type.String(),\n  kind: OneOf('person', 'robot') as never,",
      ],
    ],
  },
} satisfies Record<string, PlantedBug>;

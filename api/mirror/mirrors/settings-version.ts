import { Type } from '@fastify/type-provider-typebox';
import { mirrorStream, type MirrorKey } from '../../../model/mirror/ids.ts';
import { ApiProblem } from '../../http/problem.ts';

/** The headers of a `PUT` that replaces only the settings that its sender has seen. */
export const IfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({
      maxLength: 100,
      description: "The mirror's `settingsVersion`, also in quotes, as HTTP has it.",
    }),
  ),
});

/** The version in an `If-Match` header; `undefined`: any. */
export function versionOf(header: string | undefined): string | undefined {
  return header === undefined || header === '*' ? undefined : header.replaceAll('"', '');
}

/** The problem for settings that somebody has changed in the meantime. */
export function settingsChanged(key: MirrorKey): ApiProblem {
  return new ApiProblem(
    412,
    'settings_changed',
    `Somebody has changed the settings of ${mirrorStream(key)} since you read them. Read them again, and compare.`,
  );
}

import type { Kind } from '../../model/knowledge/entry.ts';
import { haveSameIndex, isInPlace, placeOf } from './kind-place.ts';
import { builtInKinds, carefulKind, kindsOf } from './kinds.ts';
import { usableKinds, type DescribedKind } from './usable-kinds.ts';

/** A space's own kinds after its schema files were read. */
export interface KindsInForce {
  kinds: Kind[];
  problems: { path: string; message: string }[];
  /** Whether the files ask for something that only an admin may accept. */
  held: boolean;
}

/**
 * The kinds in force if no admin has accepted the schema files. Tokens may be limited to kinds, so whoever can push
 * must not decide who reads about people: a kind with personal data keeps its place and stays personal, even if its file
 * was removed, and no other kind gets a place inside it. A file that asks for that has a problem, and its kind stays as
 * it was. `before` are the own kinds that were in force; `pathOf` is the path of a kind's schema file.
 */
export function kindsInForce(
  before: readonly Kind[],
  described: readonly DescribedKind[],
  pathOf: (kind: string) => string,
): KindsInForce {
  const old = new Map(kindsOf(before).map((kind) => [kind.name, kind]));
  const guarded = [...old.values(), ...builtInKinds].filter(({ personal }) => personal);
  const files = new Map(described.map((file) => [file.kind.name, file]));
  const own = new Set(before.map(({ name }) => name));
  const problems: KindsInForce['problems'] = [];
  const kept: DescribedKind[] = [];
  for (const name of new Set([...files.keys(), ...own])) {
    const { path, kind = null } = files.get(name) ?? { path: pathOf(name) };
    const was = old.get(name) ?? null;
    const why = whyNot(kind && carefulKind(kind), was, guarded, name);
    if (why !== null)
      problems.push({
        path,
        message: `${why} An admin can accept it: gitward knowledge spaces accept-kinds.`,
      });
    const stays = why === null ? kind : own.has(name) ? was : null;
    if (stays !== null) kept.push({ path, kind: stays });
  }
  const usable = usableKinds(kept, new Set(guarded.map(({ name }) => name)));
  return {
    kinds: usable.kinds,
    problems: [...problems, ...usable.problems],
    held: problems.length > 0,
  };
}

/** Why a kind stays as it was; `null` if it may become what its file says (`null`: there is no file). */
function whyNot(
  asked: Kind | null,
  was: Kind | null,
  guarded: readonly Kind[],
  name: string,
): string | null {
  // Without a file, a built-in kind is what it is in every space.
  const wanted = asked ?? builtInKinds.find((kind) => kind.name === name) ?? null;
  if (was?.personal === true) {
    const data = `The kind "${name}" has personal data`;
    if (wanted === null) return `${data}, so it stays although this file was removed.`;
    if (placeOf(wanted) !== placeOf(was))
      return `${data}, so it keeps "${placeOf(was)}" and does not move to "${placeOf(wanted)}".`;
    return wanted.personal ? null : `${data}, so it stays personal.`;
  }
  if (wanted === null || (was !== null && placeOf(wanted) === placeOf(was))) return null;
  const other = guarded.find(
    (kind) =>
      kind.name !== name && (isInPlace(kind, placeOf(wanted)) || haveSameIndex(kind, wanted)),
  );
  return other === undefined
    ? null
    : `"${placeOf(wanted)}" is the place of the kind "${other.name}", which has personal data, or is inside it.`;
}

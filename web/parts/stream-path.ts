/** What names a mirror or a space. */
export interface NamedStream {
  projectId: string | null;
  branchId: string | null;
  spaceId: string | null;
}

/** The page of a mirror or a space; `null` for what is neither. */
export function streamPath({ projectId, branchId, spaceId }: NamedStream): string | null {
  if (spaceId !== null) return `/spaces/${encodeURIComponent(spaceId)}`;
  if (projectId === null || branchId === null) return null;
  return `/mirrors/${encodeURIComponent(projectId)}/${encodeURIComponent(branchId)}`;
}

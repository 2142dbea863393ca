import { Time } from '../../parts/time.tsx';

/** Who wrote a side of a conflict, and when. */
export function Said({ by, at }: { by: string; at: string | null }) {
  return (
    <span>
      {by}
      {at !== null && (
        <>
          {', '}
          <Time at={at} />
        </>
      )}
    </span>
  );
}

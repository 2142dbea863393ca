import icon from '../icon.svg';

/** Gitward's sign; its name stands beside it. */
export function Logo({ size = 28 }: { size?: number }) {
  return <img src={icon} alt="" width={size} height={size} />;
}

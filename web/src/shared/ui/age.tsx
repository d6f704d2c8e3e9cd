import { ageOf, exactTime } from "./age-text";
import { useNow } from "./clock";

interface Props {
  at: string;
  /** Adds "ago", as in "escalated 4 min ago". */
  suffix?: boolean;
  className?: string | undefined;
}

/** The time since `at`, updated while it is shown, with the exact time on hover. */
export function Age({ at, suffix = false, className }: Props) {
  const age = ageOf(at, useNow());
  return (
    <time dateTime={at} title={exactTime(at)} className={className}>
      {suffix && age !== "now" ? `${age} ago` : suffix ? "just now" : age}
    </time>
  );
}

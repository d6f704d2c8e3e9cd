import { useEffect, useState } from "react";

/** Returns true for `durationMs` after something was closed, while its exit animation runs. */
export function useExitTransition(opened: boolean, durationMs: number): boolean {
  const [gone, setGone] = useState(!opened);
  if (opened && gone) setGone(false);

  useEffect(() => {
    if (opened || gone) return;
    const leaving = setTimeout(() => setGone(true), durationMs);
    return () => clearTimeout(leaving);
  }, [opened, gone, durationMs]);

  return !opened && !gone;
}

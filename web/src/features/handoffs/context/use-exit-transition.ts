import { useEffect, useState } from "react";

/** Whether something that was closed is still on its way out, which takes it `durationMs`. */
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

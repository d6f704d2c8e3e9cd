import { useCallback, useEffect, useRef } from "react";

/** Returns whether the caller is still on the screen: an answer that comes late leads nobody away from where they went. */
export function useIsHere(): () => boolean {
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => void (isHere.current = false);
  }, []);
  return useCallback(() => isHere.current, []);
}

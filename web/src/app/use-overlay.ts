import { useCallback, useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router";

/** Names this load of the page: a reload shows the page below, as the browser keeps the history's state. */
const LOAD = Math.random().toString(36);

interface OverlayState {
  overlay?: unknown;
  load?: unknown;
}

/**
 * Keeps in the browser's history which of the page's dialogs is open, so that Back closes it. Returns its name, and how to
 * open and close one. A close that comes after the reader has moved on, as from a late answer, does nothing.
 */
export function useOverlay<Name extends string>(names: readonly Name[]) {
  const location = useLocation();
  const { pathname, search, hash } = location;
  const navigate = useNavigate();
  const state = location.state as OverlayState | null;
  const opened = state?.load === LOAD ? (names.find((name) => name === state.overlay) ?? null) : null;
  const current = useRef<Name | null>(null);

  useEffect(() => {
    current.current = opened;
    return () => void (current.current = null);
  }, [opened]);

  const open = useCallback(
    (overlay: Name) => {
      if (current.current === overlay) return;
      // From the command palette, above another one: it takes that one's place.
      void navigate({ pathname, search, hash }, { state: { overlay, load: LOAD }, replace: current.current !== null });
    },
    [navigate, pathname, search, hash],
  );

  const close = useCallback(() => {
    if (current.current === null) return;
    current.current = null;
    void navigate(-1);
  }, [navigate]);

  return { opened, open, close };
}

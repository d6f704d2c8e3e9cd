import { useCallback, useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router";

/**
 * Keeps in the browser's history which of the page's dialogs is open, so that Back closes it. Returns its name, and how to
 * open and close one. A close that comes after the reader has moved on, as from a late answer, does nothing.
 */
export function useOverlay<Name extends string>(names: readonly Name[]) {
  const location = useLocation();
  const { pathname, search, hash } = location;
  const navigate = useNavigate();
  const asked: unknown = (location.state as { overlay?: unknown } | null)?.overlay;
  const opened = names.find((name) => name === asked) ?? null;
  const current = useRef<Name | null>(null);

  useEffect(() => {
    current.current = opened;
    return () => void (current.current = null);
  }, [opened]);

  const open = useCallback(
    (overlay: Name) => {
      if (current.current === null) void navigate({ pathname, search, hash }, { state: { overlay } });
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

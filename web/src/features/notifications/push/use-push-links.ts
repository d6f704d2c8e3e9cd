import { useEffect, useEffectEvent } from "react";

const OWN_PATH = /^\/(?!\/)/;

/** Opens in this tab what a push message leads to, when the service worker asks for it. */
export function usePushLinks(open: (path: string) => void): void {
  const follow = useEffectEvent((event: MessageEvent<{ type?: string; path?: string } | null>) => {
    const { type, path } = event.data ?? {};
    if (type === "open" && path && OWN_PATH.test(path)) open(path);
  });
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return undefined;
    const { serviceWorker } = navigator;
    serviceWorker.addEventListener("message", follow);
    return () => serviceWorker.removeEventListener("message", follow);
  }, []);
}

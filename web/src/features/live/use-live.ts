import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";

import { useApi } from "@/shared/api/api-context";

import { LiveChannel } from "./live-channel";
import type { LiveState } from "./live-state";
import { liveTransport } from "./live-transport";
import { Refresher } from "./refresher";
import { listenForWakeUp } from "./wake-up";

/** Refreshes the page's state as events arrive, for as long as it is open. Returns how it learns of them. */
export function useLive(): LiveState {
  const api = useApi();
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");

  useEffect(() => {
    const refresher = new Refresher(queries);
    const channel = new LiveChannel(liveTransport(api), {
      onEvent: (event) => refresher.refreshAfter(event),
      onState: setState,
      onReconnected: () => refresher.refreshAll(),
    });
    channel.start();
    const stopListening = listenForWakeUp(() => channel.wake());
    return () => {
      stopListening();
      channel.stop();
      refresher.stop();
    };
  }, [api, queries]);

  const isOnline = useSyncExternalStore(subscribeToNetwork, () => navigator.onLine);
  return isOnline ? state : "offline";
}

function subscribeToNetwork(listen: () => void) {
  window.addEventListener("online", listen);
  window.addEventListener("offline", listen);
  return () => {
    window.removeEventListener("online", listen);
    window.removeEventListener("offline", listen);
  };
}

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";

import { useApi } from "@/shared/api/api-context";
import { keys } from "@/shared/api/keys";
import type { LiveStart } from "@/shared/api/start";
import { refreshOnReturn, screenRefresh } from "@/shared/screen-refresh";
import { KEYS_OF_ALL_EVENTS, staleKeysOf } from "@/shared/stale-keys";

import { LiveChannel } from "./live-channel";
import type { LiveState } from "./live-state";
import { liveTransport } from "./live-transport";
import { listenForWakeUp } from "./wake-up";

/** Refreshes the page's state as events arrive, for as long as it is open. Returns how it learns of them. */
export function useLive(): LiveState {
  const api = useApi();
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");

  useEffect(() => {
    const refresher = screenRefresh(api, queries);
    const channel = new LiveChannel(liveTransport(api, queries.getQueryData<LiveStart>(keys.start)), {
      onEvent: (event) => void refresher.refresh(staleKeysOf(event)),
      onState: setState,
      onReconnected: () => void refresher.refresh(KEYS_OF_ALL_EVENTS),
    });
    channel.start();
    const stopListening = listenForWakeUp(() => channel.wake());
    const stopRefreshing = refreshOnReturn(refresher);
    return () => {
      stopRefreshing();
      stopListening();
      channel.stop();
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

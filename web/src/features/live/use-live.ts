import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { useApi } from "@/shared/api/api-context";

import { LiveChannel } from "./live-channel";
import type { LiveState } from "./live-state";
import { liveTransport } from "./live-transport";
import { Refresher } from "./refresher";

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
    const wake = () => {
      if (document.visibilityState === "visible") channel.wake();
    };
    channel.start();
    window.addEventListener("online", wake);
    document.addEventListener("visibilitychange", wake);
    return () => {
      window.removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wake);
      channel.stop();
      refresher.stop();
    };
  }, [api, queries]);

  return state;
}

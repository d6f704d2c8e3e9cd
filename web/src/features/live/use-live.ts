import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { useApi } from "@/shared/api/api-context";

import { LiveChannel, type LiveState } from "./live-channel";
import { liveWorld } from "./live-world";
import { Refresher } from "./refresher";

/** Keeps what the page shows fresh for as long as it is open, and says how. */
export function useLive(): LiveState {
  const api = useApi();
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");

  useEffect(() => {
    const refresher = new Refresher(queries);
    const channel = new LiveChannel(liveWorld(api), {
      onEvent: (event) => refresher.eventCame(event),
      onState: setState,
      onReturn: () => refresher.pageReturned(),
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

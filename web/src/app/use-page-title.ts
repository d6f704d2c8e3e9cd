import { useEffect } from "react";

import { useNotifications } from "@/features/notifications/api/queries";
import { oneLine } from "@/shared/ui/plain-text";

/** Names the tab after the page, led by the number of unread notifications. */
export function usePageTitle(name: string): void {
  const unread = useNotifications().data?.unread ?? 0;
  useEffect(() => {
    document.title = [unread > 0 ? `(${unread})` : "", oneLine(name), "· FlowPilot"].filter(Boolean).join(" ");
  }, [name, unread]);
}

import { useEffect } from "react";

import { useNotifications } from "@/features/notifications/api/queries";
import { oneLine } from "@/shared/ui/plain-text";

/** Sets the tab's title: the number of unread notifications, then the page's name. */
export function usePageTitle(name: string): void {
  const unread = useNotifications().data?.unread ?? 0;
  useEffect(() => {
    document.title = [unread > 0 ? `(${unread})` : "", oneLine(name), "· FlowPilot"].filter(Boolean).join(" ");
  }, [name, unread]);
}

import { useEffect } from "react";
import { useMatch } from "react-router";

import { useNotifications } from "@/features/notifications/api/queries";
import { unreadCount } from "@/shared/ui/count-text";
import { oneLine } from "@/shared/ui/plain-text";

import { showInTabIcon } from "./tab-icon";

/** Sets the tab's title, the number of unread notifications, then the page's name; its icon shows the number too. */
export function usePageTitle(name: string): void {
  const unread = useNotifications(useMatch("/pilot/:id")?.params.id).data?.unread ?? 0;
  useEffect(() => {
    document.title = [unread > 0 ? `(${unreadCount(unread)})` : "", oneLine(name), "· FlowPilot"].filter(Boolean).join(" ");
  }, [name, unread]);
  useEffect(() => {
    showInTabIcon(unread);
    return () => showInTabIcon(0);
  }, [unread]);
}

import { NotificationSettings } from "@/features/notifications/settings/notification-settings";

import { usePageTitle } from "./use-page-title";

/** `/notifications`: what the signed-in person gets by e-mail, and when not. */
export function NotificationSettingsPage() {
  usePageTitle("Notifications");
  return <NotificationSettings />;
}

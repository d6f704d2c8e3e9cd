import { useNotificationSettings } from "@/features/notifications/api/queries";
import { PageMe } from "@/features/notifications/page-me/page-me";
import { Phone } from "@/features/notifications/phone/phone";
import { Devices } from "@/features/notifications/push/devices";
import { EmailTrouble } from "@/features/notifications/settings/email-trouble";
import { SettingsForm } from "@/features/notifications/settings/settings-form";
import { plainText } from "@/shared/ui/plain-text";
import { ProblemNote } from "@/shared/ui/problem-note";
import page from "@/shared/ui/settings-list.module.css";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";

/** What the signed-in person is told by e-mail, push message and SMS, in which hours only of urgent cases, and where. */
export function NotificationSettings() {
  const { data, error, isPending, refetch } = useNotificationSettings();
  return (
    <section aria-labelledby="notification-settings" className={page.page}>
      <header className={page.head}>
        <h1 id="notification-settings" className={page.title}>
          Notifications
        </h1>
        <p className={page.words}>
          {data ? `What you are told outside this page. E-mail goes to ${plainText(data.email_to)}` : "What you are told outside this page"}
        </p>
      </header>
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data?.email_trouble && <EmailTrouble trouble={data.email_trouble} />}
      {isPending && <SkeletonLines widths={["medium", "long", "short"]} />}
      {data && <SettingsForm saved={data} />}
      {data && <Devices settings={data} />}
      {data && <Phone settings={data} />}
      {data && <PageMe settings={data} />}
    </section>
  );
}

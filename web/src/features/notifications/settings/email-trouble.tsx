import { IconAlertTriangle } from "@tabler/icons-react";

import type { NotificationSettings } from "@/shared/api/types";
import note from "@/shared/ui/problem-note.module.css";

type Trouble = NonNullable<NotificationSettings["email_trouble"]>;

const TITLES: Record<Trouble["why"], string> = {
  bounced: "E-mail to your address came back, so it is switched off",
  complained: "An e-mail to you was marked as spam, so e-mail is switched off",
};

/** Says why no e-mail comes any more, and what ends that. */
export function EmailTrouble({ trouble }: { trouble: Trouble }) {
  return (
    <div className={note.note}>
      <IconAlertTriangle size={18} aria-hidden="true" className={note.icon} />
      <div className={note.words}>
        <p className={note.title}>{TITLES[trouble.why]}</p>
        <p>Since {new Date(trouble.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" })}. Save your settings to get e-mail again.</p>
      </div>
    </div>
  );
}

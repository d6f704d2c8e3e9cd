import { Button } from "@mantine/core";
import { type SubmitEvent, useState } from "react";

import { useSaveNotificationSettings } from "@/features/notifications/api/mutations";
import { QuietFields } from "@/features/notifications/settings/quiet-fields";
import { type Rule, SortFields } from "@/features/notifications/settings/sort-fields";
import { Problem } from "@/shared/api/problem";
import type { NotificationSettings } from "@/shared/api/types";
import { confirm } from "@/shared/ui/confirmation-store";
import form from "@/shared/ui/form.module.css";
import { ProblemNote } from "@/shared/ui/problem-note";

type Sort = keyof NotificationSettings["rules"];

const SORTS: { sort: Sort; label: string; about: string }[] = [
  { sort: "escalations", label: "Escalations that wait", about: "Sent to everyone who may pick them up." },
  { sort: "mine", label: "My cases", about: "Handed off by you, held by you, or directed to you." },
  { sort: "ladder", label: "Overdue escalations", about: "When an escalation waits past a deadline that names you." },
];

const NEVER: Rule = { email: null, push: null, sms: null };

interface Props {
  saved: NotificationSettings;
  /** Loads the settings again after they were saved elsewhere. */
  onReload: () => void;
}

/** The settings as they are edited, from what was saved last. */
export function SettingsForm({ saved, onReload }: Props) {
  const [rules, setRules] = useState(saved.rules);
  const [quiet, setQuiet] = useState(saved.quiet);
  const saveMutation = useSaveNotificationSettings(() => confirm("Your notifications are saved."));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    saveMutation.mutate({ rules, quiet, version: saved.version });
  };

  return (
    <form onSubmit={submit} className={form.form}>
      {SORTS.map(({ sort, label, about }) => (
        <SortFields
          key={sort}
          label={label}
          about={about}
          rule={rules[sort] ?? NEVER}
          hasPush={saved.push_public_key !== null}
          hasSms={saved.sends_sms && saved.phone !== null}
          onChange={(rule) => setRules((before) => ({ ...before, [sort]: rule }))}
        />
      ))}
      <QuietFields quiet={quiet} onChange={setQuiet} />
      {saveMutation.isError && <SaveProblem error={saveMutation.error} onReload={onReload} />}
      <div className={form.buttons}>
        <Button type="submit" loading={saveMutation.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}

/** Why the settings were not saved. Those that were saved elsewhere have to be loaded before they are replaced. */
function SaveProblem({ error, onReload }: { error: Error; onReload: () => void }) {
  const isOvertaken = error instanceof Problem && error.code === "invalid_state";
  if (!isOvertaken) return <ProblemNote error={error} />;
  return (
    <ProblemNote
      error={error}
      action="Load them again and make your change again; what you chose here is not kept."
      onRetry={onReload}
      retryLabel="Load again"
    />
  );
}

import { Button } from "@mantine/core";
import type { SubmitEvent } from "react";

import { useSaveNotificationSettings } from "@/features/notifications/api/mutations";
import { useNotificationSettings } from "@/features/notifications/api/queries";
import { QuietFields } from "@/features/notifications/settings/quiet-fields";
import { type Rule, SortFields } from "@/features/notifications/settings/sort-fields";
import { Problem } from "@/shared/api/problem";
import type { NotificationSettings } from "@/shared/api/types";
import { useFormDraft, type Version } from "@/shared/drafts/use-form-draft";
import { confirm } from "@/shared/ui/confirmation-store";
import form from "@/shared/ui/form.module.css";
import { KeptNote } from "@/shared/ui/kept-note";
import { NewerVersionNote } from "@/shared/ui/newer-version-note";
import { ProblemNote } from "@/shared/ui/problem-note";

type Sort = keyof NotificationSettings["rules"];

const SORTS: { sort: Sort; label: string; about: string }[] = [
  { sort: "escalations", label: "Escalations that wait", about: "Sent to everyone who may pick them up." },
  { sort: "mine", label: "My cases", about: "Handed off by you, held by you, or directed to you." },
  { sort: "ladder", label: "Overdue escalations", about: "When an escalation waits past a deadline that names you." },
];

const NEVER: Rule = { email: null, push: null, sms: null };

type Draft = Pick<NotificationSettings, "rules" | "quiet">;

const versionOf = ({ version, rules, quiet }: NotificationSettings): Version<Draft> => ({ version, draft: { rules, quiet } });

/** Reads what the form shows of a draft. */
const readDraft = ({ rules, quiet }: Draft) => [SORTS.map(({ sort }) => rules[sort]), quiet && [quiet.from, quiet.to, quiet.time_zone].map((text) => text.trim())];

/** The settings as they are edited, from what was saved last. */
export function SettingsForm({ saved }: { saved: NotificationSettings }) {
  const { refetch } = useNotificationSettings();
  const { start, draft, change, newer, omitted, begin } = useFormDraft({ name: "notifications", saved: versionOf(saved), read: readDraft });
  const { rules, quiet } = draft;
  const saveMutation = useSaveNotificationSettings((now) => {
    begin(versionOf(now));
    confirm("Your notifications are saved.");
  });
  const load = (from: NotificationSettings) => {
    saveMutation.reset();
    begin(versionOf(from));
  };
  const loadNewest = async () => {
    const { isSuccess, data } = await refetch(); // After a failure, `data` is still what was read before.
    if (isSuccess) load(data);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    saveMutation.mutate({ rules, quiet, version: start.version ?? 0 });
  };

  return (
    <form onSubmit={submit} className={form.form}>
      <KeptNote omitted={omitted} onDiscard={() => load(saved)} />
      {SORTS.map(({ sort, label, about }) => (
        <SortFields
          key={sort}
          label={label}
          about={about}
          rule={rules[sort] ?? NEVER}
          hasPush={saved.push_public_key !== null}
          hasSms={saved.sends_sms && saved.phone !== null}
          onChange={(rule) => change({ rules: { ...rules, [sort]: rule } })}
        />
      ))}
      <QuietFields quiet={quiet} onChange={(hours) => change({ quiet: hours })} />
      {newer && !saveMutation.isPending && !saveMutation.isError && <NewerVersionNote onLoad={() => load(saved)}>Loading it replaces what you changed here.</NewerVersionNote>}
      {saveMutation.isError && <SaveProblem error={saveMutation.error} onReload={() => void loadNewest()} />}
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

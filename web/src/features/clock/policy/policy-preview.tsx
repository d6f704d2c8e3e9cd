import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";

import { usePolicyPreview } from "@/features/clock/api/queries";
import type { PreviewRequest, Priority } from "@/shared/api/types";
import { serverNow } from "@/shared/server-time";
import { longDayText, timeOf, zoneHere } from "@/shared/ui/local-time";
import { ProblemNote } from "@/shared/ui/problem-note";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";

import { clientName } from "./draft-words";
import { type PolicyDraft, PRIORITIES } from "./policy-draft";
import { policyOf } from "./policy-of-draft";
import classes from "./policy-preview.module.css";
import { factsOf, nextFridayEvening } from "./preview-words";
import { PreviewSteps } from "./preview-steps";

const PAUSE_MS = 400;

/** When the policy as it is edited, saved or not, would tell whom. Times are those of the policy's zone, from the API. */
export function PolicyPreview({ draft }: { draft: PolicyDraft }) {
  const [priority, setPriority] = useState<Priority>("urgent");
  const [start, setStart] = useState(() => nextFridayEvening(new Date(serverNow())));
  const [clientKey, setClientKey] = useState("");
  const [domain, setDomain] = useState("");
  const client = draft.clients.find(({ key }) => key === clientKey);
  const { policy, troubles } = policyOf(draft);
  const isReadable = troubles.length === 0 && start !== "";
  const now: PreviewRequest = {
    policy,
    priority,
    start,
    client: client ? factsOf(client.match) : null,
    problem_domain: domain.trim() || null,
  };
  const [text] = useDebouncedValue(isReadable ? JSON.stringify(now) : "", PAUSE_MS);
  const preview = usePolicyPreview(text ? (JSON.parse(text) as PreviewRequest) : null);
  const asked = preview.data?.asked;
  const timesNote = draft.timeZone.trim() === zoneHere() ? "" : " Times are those of its time zone.";

  return (
    <section aria-label="Preview" className={classes.preview}>
      <h2 className={classes.title}>Preview</h2>
      <p className={classes.words}>What happens to an escalation that nobody picks up, by the policy as it stands here.{timesNote}</p>
      <div className={classes.fields}>
        <NativeSelect
          label="Priority"
          data={PRIORITIES.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }))}
          value={priority}
          onChange={(event) => setPriority(event.currentTarget.value as Priority)}
        />
        <TextInput
          label="Handed off at"
          type="datetime-local"
          value={start}
          onChange={(event) => setStart(event.currentTarget.value)}
        />
        <NativeSelect
          label="Client"
          data={[{ value: "", label: "Any other client" }, ...draft.clients.map((one) => ({ value: one.key, label: clientName(one) }))]}
          value={client ? clientKey : ""}
          onChange={(event) => setClientKey(event.currentTarget.value)}
        />
        <TextInput
          label="Domain"
          placeholder="Network"
          value={domain}
          onChange={(event) => setDomain(event.currentTarget.value)}
          autoComplete="off"
        />
      </div>
      {!isReadable && <p className={classes.words}>Correct the fields that cannot be read to see the preview.</p>}
      {isReadable && preview.isError && <ProblemNote error={preview.error} onRetry={() => void preview.refetch()} />}
      {isReadable && preview.isPending && <SkeletonLines widths={["medium", "long", "long"]} />}
      {isReadable && asked && !preview.isError && (
        <>
          <p className={classes.lead}>
            {`${asked.priority === "urgent" ? "An" : "A"} ${asked.priority} escalation at ${timeOf(asked.start)} on ${longDayText(asked.start)}:`}
          </p>
          <PreviewSteps steps={preview.data?.steps ?? []} startDay={asked.start.slice(0, 10)} />
        </>
      )}
    </section>
  );
}

import { IconAlertTriangle } from "@tabler/icons-react";

import type { IntegrationState } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import note from "@/shared/ui/problem-note.module.css";
import { UserText } from "@/shared/ui/user-text";

type Failure = IntegrationState["failures"][number];

const TITLES = {
  access: "The ticket system no longer lets FlowPilot in",
  webhook: "The webhook is switched off",
} as const;

/** What fails for the whole integration: since when, why, and what waits for it. */
export function IntegrationFailures({ integration }: { integration: IntegrationState }) {
  return integration.failures.map((failure) => (
    <div key={failure.part} role="alert" className={note.note}>
      <IconAlertTriangle size={18} aria-hidden="true" className={note.icon} />
      <div className={note.words}>
        <p className={note.title}>
          {TITLES[failure.part]} (since <Age at={failure.since} suffix />)
        </p>
        <UserText>{failure.reason}</UserText>
        <p>{adviceFor(failure, integration.waiting_handoffs)}</p>
      </div>
    </div>
  ));
}

function adviceFor({ part }: Failure, waiting: number): string {
  if (part === "webhook") return "Changes of tickets are found every 10 minutes until it is switched on again.";
  const notes = waiting === 1 ? "The ticket notes of 1 handoff wait." : `The ticket notes of ${waiting} handoffs wait.`;
  return `${notes} They are written as soon as saved settings work, or the connection test. FlowPilot tries again every hour.`;
}

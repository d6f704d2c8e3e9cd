import { Menu, UnstyledButton } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";

import { useChangePriority } from "@/features/handoffs/api/mutations";
import { isAtLeast, useMe } from "@/shared/api/me";
import type { Handoff, Priority } from "@/shared/api/types";
import { confirm } from "@/shared/ui/confirmation-store";
import { PriorityBadge } from "@/shared/ui/priority-badge";
import { ProblemNote } from "@/shared/ui/problem-note";

import classes from "./handoff-priority.module.css";

const PRIORITIES: Priority[] = ["urgent", "high", "normal", "low"];

interface Props {
  handoff: Handoff;
  /** The session's owner, where they are known: they may change it too. */
  ownerId?: string;
  badge?: boolean;
}

/** The priority of a handoff: a menu of the others for those who may change it while the handoff waits. */
export function HandoffPriority({ handoff, ownerId, badge = false }: Props) {
  const me = useMe();
  const isTheirs = isAtLeast(me, "engineer") && [handoff.from.id, ownerId].includes(me.id);
  const mayChange = handoff.status === "unclaimed" && (isTheirs || isAtLeast(me, "senior"));
  if (!mayChange) return <PriorityBadge priority={handoff.priority} badge={badge} />;
  return <PriorityMenu handoff={handoff} badge={badge} />;
}

function PriorityMenu({ handoff, badge }: Required<Omit<Props, "ownerId">>) {
  const priorityMutation = useChangePriority((priority) => confirm(`Priority changed to ${priority}. The next steps follow it.`));
  return (
    <span className={classes.place}>
      <Menu position="bottom-start" width={180} shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <UnstyledButton className={classes.button} aria-label={`Priority: ${handoff.priority}. Change it`} disabled={priorityMutation.isPending}>
            <PriorityBadge priority={handoff.priority} badge={badge} />
            <IconChevronDown size={14} aria-hidden="true" />
          </UnstyledButton>
        </Menu.Target>
        {/* Keys that are meant for the menu neither start the case nor close the screen. */}
        <Menu.Dropdown onKeyDown={(event) => event.stopPropagation()}>
          <Menu.Label>Change the priority</Menu.Label>
          {PRIORITIES.map((priority) => (
            <Menu.Item
              key={priority}
              aria-current={priority === handoff.priority}
              rightSection={priority === handoff.priority && <IconCheck size={14} aria-hidden="true" />}
              onClick={() => priority !== handoff.priority && priorityMutation.mutate({ handoff, priority })}
            >
              <PriorityBadge priority={priority} />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {priorityMutation.error && <ProblemNote error={priorityMutation.error} />}
    </span>
  );
}

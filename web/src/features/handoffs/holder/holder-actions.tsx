import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useRef, useState } from "react";

import { HandOffDialog } from "@/features/handoffs/hand-off/hand-off-dialog";
import { ReassignDialog } from "@/features/handoffs/reassign/reassign-dialog";
import { ReleaseDialog } from "@/features/handoffs/release/release-dialog";
import type { Handoff, Person } from "@/shared/api/types";
import { plainText } from "@/shared/ui/plain-text";

type Opened = "release" | "reassign" | "handoff" | null;

interface Props {
  sessionId: string;
  holder: Person;
  /** The handoff by which they hold it; none when they opened the session, or took it back. */
  handoff: Handoff | undefined;
}

/** What an admin does with a session that somebody else holds: return, reassign and hand it off for them. */
export function HolderActions({ sessionId, holder, handoff }: Props) {
  const [opened, setOpened] = useState<Opened>(null);
  const manage = useRef<HTMLButtonElement>(null);
  const close = () => setOpened(null);
  const open = (dialog: Opened) => {
    manage.current?.focus(); // where the dialog returns the focus to: the menu's item will be gone
    setOpened(dialog);
  };
  const claimed = handoff?.status === "claimed" ? handoff : undefined;
  const session = claimed ? { id: sessionId, epoch: claimed.claim_epoch } : { id: sessionId };
  return (
    <>
      <Menu position="top-end" width={220} shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button
            ref={manage}
            variant="default"
            size="sm"
            aria-label={`Manage the session that ${plainText(holder.name)} holds`}
            rightSection={<IconChevronDown size={14} aria-hidden="true" />}
          >
            Manage
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>For {plainText(holder.name)}</Menu.Label>
          {claimed && <Menu.Item onClick={() => open("release")}>Return to queue…</Menu.Item>}
          {claimed?.intent === "escalate" && <Menu.Item onClick={() => open("reassign")}>Reassign…</Menu.Item>}
          <Menu.Item onClick={() => open("handoff")}>Hand off…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <HandOffDialog session={session} sender={holder} opened={opened === "handoff"} onClose={close} onHandedOff={close} />
      {claimed && (
        <>
          <ReleaseDialog handoff={claimed} holder={holder} opened={opened === "release"} onClose={close} onReleased={close} />
          <ReassignDialog handoff={claimed} holder={holder} opened={opened === "reassign"} onClose={close} onReassigned={close} />
        </>
      )}
    </>
  );
}

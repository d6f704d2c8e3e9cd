import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconArrowUpRight, IconCheck, IconDots, IconFileText, IconLayoutSidebarRight } from "@tabler/icons-react";
import { useMemo } from "react";

import type { Command } from "@/features/commands/command-palette";
import { SessionHeading } from "@/features/sessions/overview/session-heading";
import type { Handoff, Session } from "@/shared/api/types";

import { useOfferCommands } from "./session-commands";
import type { SessionOverlay } from "./session-dialogs";
import classes from "./session-toolbar.module.css";

interface Props {
  session: Session;
  handoff: Handoff | undefined;
  writes: boolean;
  /** Whether the reader may correct what the session says: who holds it, or, while it waits, who may read it. */
  corrects: boolean;
  reopens: boolean;
  meId: string;
  onOpen: (dialog: SessionOverlay) => void;
}

/** The session's heading and its actions. */
export function SessionToolbar({ session, handoff, writes, corrects, reopens, meId, onOpen }: Props) {
  const mayRelease = writes && handoff?.status === "claimed" && handoff.claimed_by?.id === meId;
  const mayReassign = mayRelease && handoff.intent === "escalate";
  const hasContext = handoff !== undefined;
  useOfferCommands(
    useMemo(
      () => commandsFor({ hasContext, writes, corrects, reopens, mayRelease, mayReassign, onOpen }),
      [hasContext, writes, corrects, reopens, mayRelease, mayReassign, onOpen],
    ),
  );

  return (
    <header className={classes.toolbar}>
      <SessionHeading session={session} />
      <div className={classes.buttons} role="group" aria-label="Session actions">
        {handoff && (
          <Button
            variant="default"
            size="xs"
            className={classes.narrow}
            leftSection={<IconLayoutSidebarRight size={14} aria-hidden="true" />}
            onClick={() => onOpen("rail")}
          >
            Next steps
          </Button>
        )}
        {handoff && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconFileText size={14} aria-hidden="true" />}
            onClick={() => onOpen("context")}
          >
            Context
          </Button>
        )}
        {writes && (
          <>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconArrowUpRight size={14} aria-hidden="true" />}
              onClick={() => onOpen("handoff")}
            >
              Hand off
            </Button>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconCheck size={14} aria-hidden="true" />}
              onClick={() => onOpen("resolve")}
            >
              Resolve
            </Button>
          </>
        )}
        {corrects && (
          <Menu position="bottom-end" width={220} shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" size={30} aria-label="More actions">
                <IconDots size={16} aria-hidden="true" />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => onOpen("edit")}>Edit session…</Menu.Item>
              {mayReassign && <Menu.Item onClick={() => onOpen("wait")}>Waiting until…</Menu.Item>}
              {mayReassign && <Menu.Item onClick={() => onOpen("reassign")}>Reassign…</Menu.Item>}
              {mayRelease && <Menu.Item onClick={() => onOpen("release")}>Return to queue…</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
    </header>
  );
}

interface May {
  hasContext: boolean;
  writes: boolean;
  corrects: boolean;
  reopens: boolean;
  mayRelease: boolean;
  mayReassign: boolean;
  onOpen: (dialog: SessionOverlay) => void;
}

function commandsFor({ hasContext, writes, corrects, reopens, mayRelease, mayReassign, onOpen }: May): Command[] {
  const all = [
    { id: "context", label: "Show the handoff context", offered: hasContext, opens: "context" },
    { id: "handoff", label: "Hand off: escalate or park", offered: writes, opens: "handoff" },
    { id: "resolve", label: "Resolve the session", offered: writes, opens: "resolve" },
    { id: "reopen", label: "Reopen the session", offered: reopens, opens: "reopen" },
    { id: "edit", label: "Edit summary, domain or ticket", offered: corrects, opens: "edit" },
    { id: "wait", label: "Wait for somebody or something", offered: mayReassign, opens: "wait" },
    { id: "reassign", label: "Reassign to somebody", offered: mayReassign, opens: "reassign" },
    { id: "release", label: "Return to queue", offered: mayRelease, opens: "release" },
  ] as const;
  return all
    .filter((command) => command.offered)
    .map(({ id, label, opens }) => ({ id, label, run: () => onOpen(opens) }));
}

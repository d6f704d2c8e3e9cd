import { Button } from "@mantine/core";
import { IconCalendarTime, IconChecklist, IconClock, IconInbox, IconPlug, IconPlus, IconSearch, IconSend, IconUsers } from "@tabler/icons-react";
import { Link, NavLink } from "react-router";

import { useWaiting } from "@/features/escalations/api/queries";
import { LiveNote } from "@/features/live/live-note";
import type { LiveState } from "@/features/live/live-state";
import { NotificationsButton } from "@/features/notifications/notifications-button";
import { SessionList } from "@/features/sessions/list/session-list";
import { isAtLeast, useMe } from "@/shared/api/me";
import { waitingCount } from "@/shared/ui/count-text";
import { MOD } from "@/shared/ui/mod-key";
import { Wordmark } from "@/shared/ui/wordmark";

import classes from "./sidebar.module.css";
import { UserMenu } from "./user-menu";

interface Props {
  live: LiveState;
  onNewSession: () => void;
  onAvailability: () => void;
  onCommands: () => void;
  /** Called when a link is followed, to close a sidebar that covers the page. */
  onNavigate: () => void;
}

/** The sidebar: queue, notifications, my sessions, user menu. */
export function Sidebar({ live, onNewSession, onAvailability, onCommands, onNavigate }: Props) {
  const me = useMe();
  return (
    <div className={classes.sidebar}>
      <div className={classes.top}>
        <Link to="/" className={classes.home} onClick={onNavigate}>
          <Wordmark />
        </Link>
        <NotificationsButton onOpen={onNavigate} />
      </div>
      <nav aria-label="Main" className={classes.nav}>
        <NavLink to="/" end onClick={onNavigate} className={({ isActive }) => (isActive ? CURRENT : classes.item)}>
          <IconInbox size={16} aria-hidden="true" />
          <span className={classes.grow}>Escalations</span>
          <WaitingCount />
        </NavLink>
        <NavLink to="/people" onClick={onNavigate} className={({ isActive }) => (isActive ? CURRENT : classes.item)}>
          <IconUsers size={16} aria-hidden="true" />
          <span className={classes.grow}>People</span>
        </NavLink>
        {isAtLeast(me, "admin") && (
          <NavLink to="/integrations" onClick={onNavigate} className={({ isActive }) => (isActive ? CURRENT : classes.item)}>
            <IconPlug size={16} aria-hidden="true" />
            <span className={classes.grow}>Integrations</span>
          </NavLink>
        )}
        {isAtLeast(me, "admin") && (
          <NavLink to="/channels" onClick={onNavigate} className={({ isActive }) => (isActive ? CURRENT : classes.item)}>
            <IconSend size={16} aria-hidden="true" />
            <span className={classes.grow}>Channels</span>
          </NavLink>
        )}
        {isAtLeast(me, "admin") && (
          <NavLink to="/policy" onClick={onNavigate} className={({ isActive }) => (isActive ? CURRENT : classes.item)}>
            <IconClock size={16} aria-hidden="true" />
            <span className={classes.grow}>Policy</span>
          </NavLink>
        )}
        <NavLink to="/rotas" onClick={onNavigate} className={({ isActive }) => (isActive ? CURRENT : classes.item)}>
          <IconCalendarTime size={16} aria-hidden="true" />
          <span className={classes.grow}>Rotas</span>
        </NavLink>
        {isAtLeast(me, "senior") && (
          <NavLink to="/readiness" onClick={onNavigate} className={({ isActive }) => (isActive ? CURRENT : classes.item)}>
            <IconChecklist size={16} aria-hidden="true" />
            <span className={classes.grow}>Readiness</span>
          </NavLink>
        )}
        <button type="button" className={classes.item} onClick={onCommands}>
          <IconSearch size={16} aria-hidden="true" />
          <span className={classes.grow}>Commands</span>
          <kbd className={classes.keys}>{MOD}K</kbd>
        </button>
      </nav>
      <div className={classes.heading}>
        <h2 className={classes.title}>My sessions</h2>
        {isAtLeast(me, "engineer") && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={onNewSession}
          >
            New
          </Button>
        )}
      </div>
      <SessionList onOpen={onNavigate} />
      <div className={classes.bottom}>
        <UserMenu me={me} onAvailability={onAvailability} onNavigate={onNavigate} />
        <LiveNote state={live} />
      </div>
    </div>
  );
}

const CURRENT = `${classes.item} ${classes.current}`;

function WaitingCount() {
  const total = useWaiting()?.total ?? 0;
  return total === 0 ? null : <span className={classes.count}>{waitingCount(total)}</span>;
}

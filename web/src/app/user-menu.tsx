import { useId, useState } from "react";

import type { Me } from "@/shared/api/types";
import { useNow } from "@/shared/ui/clock";
import { Initials } from "@/shared/ui/initials";
import { lazyPart } from "@/shared/ui/lazy-part";
import { presenceWords } from "@/shared/ui/presence";
import { UserText } from "@/shared/ui/user-text";

import classes from "./user-menu.module.css";

const UserMenuItems = lazyPart(async () => (await import("./user-menu-items")).UserMenuItems);

interface Props {
  me: Me;
  onAvailability: () => void;
  /** Called when a link is followed. */
  onNavigate: () => void;
}

/** The signed-in person and their availability. Opens a menu, whose code is loaded later. */
export function UserMenu({ me, onAvailability, onNavigate }: Props) {
  const presence = presenceWords(me.availability, useNow());
  const id = useId();
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button
        ref={setButton}
        type="button"
        id={`${id}-target`}
        aria-haspopup="menu"
        aria-expanded={opened}
        aria-controls={opened ? `${id}-dropdown` : undefined}
        className={classes.person}
        onClick={() => setOpened(!opened)}
      >
        <Initials name={me.name} />
        <span className={classes.words}>
          <UserText className={classes.name}>{me.name}</UserText>
          <span className={classes.role}>
            {me.role}
            {presence && ` · ${presence}`}
          </span>
        </span>
      </button>
      {button && (
        <UserMenuItems
          id={id}
          target={button}
          opened={opened}
          onClose={() => setOpened(false)}
          onAvailability={onAvailability}
          onNavigate={onNavigate}
        />
      )}
    </>
  );
}

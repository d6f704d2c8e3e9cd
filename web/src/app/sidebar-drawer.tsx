import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";

import { useEscape } from "@/shared/ui/use-escape";

import classes from "./sidebar-drawer.module.css";

const DRAWN = { duration: 160 };

interface Props {
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** The sidebar on small screens. */
export function SidebarDrawer({ opened, onClose, children }: Props) {
  useEscape(opened, onClose);
  return (
    <Drawer.Root opened={opened} onClose={onClose} closeOnEscape={false} size={320} padding={0} lockScroll={false} transitionProps={DRAWN}>
      <Drawer.Overlay />
      <Drawer.Content aria-label="Sidebar" className={classes.content}>
        <Drawer.Body className={classes.body}>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

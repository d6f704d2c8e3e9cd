import { Menu, useMantineColorScheme } from "@mantine/core";
import { IconBell, IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUserCheck } from "@tabler/icons-react";
import { Link } from "react-router";

import type { Me } from "@/shared/api/types";
import { useNow } from "@/shared/ui/clock";
import { Initials } from "@/shared/ui/initials";
import { presenceWords } from "@/shared/ui/presence";
import { UserText } from "@/shared/ui/user-text";

import { useSignOut } from "./use-sign-out";
import classes from "./user-menu.module.css";

const SCHEMES = [
  { value: "auto", label: "As the system", Icon: IconDeviceDesktop },
  { value: "light", label: "Light", Icon: IconSun },
  { value: "dark", label: "Dark", Icon: IconMoon },
] as const;

interface Props {
  me: Me;
  onAvailability: () => void;
}

/** The signed-in person, whether they can be reached, the color scheme, what they are told, and sign-out. */
export function UserMenu({ me, onAvailability }: Props) {
  const presence = presenceWords(me.availability, useNow());
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  return (
    <Menu position="top-start" width={220} shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className={classes.person}>
          <Initials name={me.name} />
          <span className={classes.words}>
            <UserText className={classes.name}>{me.name}</UserText>
            <span className={classes.role}>
              {me.role}
              {presence && ` · ${presence}`}
            </span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Appearance</Menu.Label>
        {SCHEMES.map(({ value, label, Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} aria-hidden="true" />}
            rightSection={colorScheme === value ? <IconCheck size={14} aria-label="chosen" /> : null}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconUserCheck size={16} aria-hidden="true" />} onClick={onAvailability}>
          Availability…
        </Menu.Item>
        <Menu.Item component={Link} to="/notifications" leftSection={<IconBell size={16} aria-hidden="true" />}>
          Notifications
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden="true" />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

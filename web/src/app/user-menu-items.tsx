import { Menu, useMantineColorScheme } from "@mantine/core";
import { IconBell, IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUserCheck } from "@tabler/icons-react";
import { Link } from "react-router";

import { ExistingTarget } from "@/shared/ui/existing-target";

import { useSignOut } from "./use-sign-out";

const SCHEMES = [
  { value: "auto", label: "As the system", Icon: IconDeviceDesktop },
  { value: "light", label: "Light", Icon: IconSun },
  { value: "dark", label: "Dark", Icon: IconMoon },
] as const;

interface Props {
  id: string;
  target: HTMLElement;
  opened: boolean;
  onClose: () => void;
  onAvailability: () => void;
  onNavigate: () => void;
}

/** What the user menu holds: the color scheme, availability, what one is told, and sign-out. */
export function UserMenuItems({ id, target, opened, onClose, onAvailability, onNavigate }: Props) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  return (
    <Menu
      id={id}
      opened={opened}
      onClose={onClose}
      position="top-start"
      width={220}
      shadow="md"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <ExistingTarget element={target} />
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
        <Menu.Item component={Link} to="/notifications" onClick={onNavigate} leftSection={<IconBell size={16} aria-hidden="true" />}>
          Notifications
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden="true" />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

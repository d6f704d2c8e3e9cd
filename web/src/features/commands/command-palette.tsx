import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";

import { useEscape } from "@/shared/ui/use-escape";

import classes from "./command-palette.module.css";

export interface Command {
  id: string;
  label: string;
  description?: string;
  /** Further search terms. */
  keywords?: string;
  run: () => void;
}

export interface CommandGroup {
  name: string;
  commands: Command[];
}

interface Props {
  groups: CommandGroup[];
  opened: boolean;
  onClose: () => void;
}

/** A searchable list of commands. The shell opens it with Ctrl+K or Cmd+K. */
export function CommandPalette({ groups, opened, onClose }: Props) {
  useEscape(opened, onClose);
  return (
    <Spotlight
      actions={groups.filter((group) => group.commands.length > 0).map(asActionGroup)}
      title="Commands"
      onSpotlightClose={onClose}
      shortcut={null}
      closeOnEscape={false}
      nothingFound="Nothing matches"
      limit={12}
      maxHeight={420}
      scrollable
      highlightQuery={false}
      overlayProps={{ blur: 0, backgroundOpacity: 0.45, color: "#0a0c0f" }}
      lockScroll={false}
      classNames={classes}
      transitionProps={{ duration: 120, transition: "fade" }}
      searchProps={{
        leftSection: <IconSearch size={16} aria-hidden="true" />,
        placeholder: "Type a command or a session",
        "aria-label": "Type a command or a session",
      }}
    />
  );
}

const asActionGroup = ({ name, commands }: CommandGroup): SpotlightActionGroupData => ({
  group: name,
  actions: commands.map(asAction),
});

const asAction = ({ id, label, description, keywords, run }: Command): SpotlightActionData => ({
  id,
  label,
  ...(description && { description }),
  ...(keywords && { keywords }),
  onClick: run,
});

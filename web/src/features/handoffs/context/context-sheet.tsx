import { ActionIcon, Tooltip } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useId, useRef } from "react";

import type { Handoff } from "@/shared/api/types";
import { CopyButton } from "@/shared/ui/copy-button";

import { ContextBody } from "./context-body";
import { ContextFrame } from "./context-frame";
import classes from "./context-sheet.module.css";

interface Props {
  handoff: Handoff;
  opened: boolean;
  onClose: () => void;
  mayAskAgain: boolean;
}

/** The context of a handoff, opened from the session. Esc closes it. */
export function ContextSheet({ handoff, opened, onClose, mayAskAgain }: Props) {
  const titleId = useId();
  return (
    <ContextFrame opened={opened} titleId={titleId} onDismiss={onClose}>
      <div className={classes.top} data-no-print>
        <p className={classes.name}>Handoff context</p>
        <CopyButton text={handoff.documentation} label="Copy as Markdown" />
        <CloseButton onClose={onClose} />
      </div>
      <ContextBody handoff={handoff} titleId={titleId} mayAskAgain={mayAskAgain} />
    </ContextFrame>
  );
}

function CloseButton({ onClose }: { onClose: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <Tooltip label="Close (Esc)">
      <ActionIcon ref={button} variant="subtle" color="gray" size={32} aria-label="Close context" onClick={onClose}>
        <IconX size={18} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}

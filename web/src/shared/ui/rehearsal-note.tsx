import { IconMask } from "@tabler/icons-react";

import { Mark } from "./mark";

/** Whether the answers come from the local rehearsal model and not from an AI. */
export const isRehearsal = (model: string): boolean => model.startsWith("rehearsal");

/** Says so, on every screen that shows such an answer. */
export function RehearsalNote() {
  return (
    <Mark
      tone="amber"
      badge
      icon={<IconMask size={14} aria-hidden="true" />}
      title="No AI is connected. A local stand-in wrote this from the session's own content."
    >
      Rehearsal model, not a real AI
    </Mark>
  );
}

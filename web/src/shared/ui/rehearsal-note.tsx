import { IconMask } from "@tabler/icons-react";

import { Mark } from "./mark";

/** Whether the answers come from the local rehearsal model and not from an AI. */
export const isRehearsal = (model: string): boolean => model.startsWith("rehearsal");

/** Labels an answer of the rehearsal model. Every screen that shows one shows this. */
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

import type { Evidence, StepOutcome } from "@/shared/api/types";
import { useDraft } from "@/shared/drafts/use-draft";

export interface ComposerDraft {
  mode: "message" | "step";
  text: string;
  action: string;
  outcome: StepOutcome | null;
  evidence: Evidence;
}

const NO_STEP = { action: "", outcome: null, evidence: "observed" } as const;
const BLANK: ComposerDraft = { mode: "message", text: "", ...NO_STEP };

export interface Composer {
  draft: ComposerDraft;
  change: (change: Partial<ComposerDraft>) => void;
  /** Fills the step form with a suggested action. */
  suggest: (action: string) => void;
  /** Clears the draft once the API has stored it, unless it was changed meanwhile. */
  sent: (text: string) => void;
  recorded: (action: string) => void;
}

/** The draft of the next message and step of a session. */
export function useComposer(sessionId: string): Composer {
  const [draft, change] = useDraft(`session.${sessionId}`, BLANK);
  return {
    draft,
    change,
    suggest: (action) => change({ mode: "step", action, outcome: null }),
    sent: (text) => change((draft) => (draft.text.trim() === text ? { text: "" } : {})),
    recorded: (action) => change((draft) => (draft.action.trim() === action ? NO_STEP : {})),
  };
}

import type { Evidence, Outcome } from "@/shared/api/types";
import { useDraft } from "@/shared/drafts/use-draft";

export interface ComposerDraft {
  mode: "message" | "step";
  text: string;
  action: string;
  outcome: Outcome | null;
  evidence: Evidence;
}

const BLANK: ComposerDraft = { mode: "message", text: "", action: "", outcome: null, evidence: "observed" };

export interface Composer {
  draft: ComposerDraft;
  change: (change: Partial<ComposerDraft>) => void;
  /** Puts a suggestion into the step's field, ready for its outcome. */
  suggest: (action: string) => void;
}

/** What is being written in a session and not sent yet. */
export function useComposer(sessionId: string): Composer {
  const [draft, change] = useDraft(`session.${sessionId}`, BLANK);
  return {
    draft,
    change,
    suggest: (action) => change({ mode: "step", action, outcome: null }),
  };
}

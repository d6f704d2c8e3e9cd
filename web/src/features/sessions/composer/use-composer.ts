import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";

import { isSendingMessage } from "@/features/sessions/api/mutations";
import type { Evidence, StepResult } from "@/shared/api/types";
import { useDraft, useDraftChange } from "@/shared/drafts/use-draft";
import { confirm } from "@/shared/ui/confirmation-store";

export interface ComposerDraft {
  mode: "message" | "step" | "note";
  text: string;
  /** The message that is being sent. It is kept until the API has stored it, also across a reload. */
  outgoing: string;
  action: string;
  result: StepResult | null;
  finding: string;
  evidence: Evidence;
  /** The next note to people. */
  note: string;
  /** Passages of the message, the step or the note that the author wants masked. */
  marked: string[];
}

const NO_STEP = { action: "", result: null, finding: "", evidence: "observed" } as const;
const BLANK: ComposerDraft = { mode: "message", text: "", outgoing: "", note: "", ...NO_STEP, marked: [] };

/** What is done with the draft, also by components that do not show it. */
export interface DraftActions {
  change: (change: Partial<ComposerDraft>) => void;
  /** Fills the step form with a suggested action. */
  suggest: (action: string) => void;
  /** Empties the field for the next message while `text` is being sent. */
  sending: (text: string) => void;
  /** The API has stored `text`. */
  sent: (text: string) => void;
  /** The API has not stored `text`: it goes back into the field, before what was typed meanwhile. */
  notSent: (text: string) => void;
  /** Clears the step once the API has stored it, unless it was changed meanwhile. */
  recorded: (action: string) => void;
  /** Clears the note once the API has stored it, unless it was changed meanwhile. */
  noted: (text: string) => void;
}

export interface Composer extends DraftActions {
  draft: ComposerDraft;
}

/** The draft of the next message and step of a session. */
export function useComposer(sessionId: string): Composer {
  const queries = useQueryClient();
  const [draft, change] = useDraft(slotOf(sessionId), BLANK);
  const actions = useDraftActions(sessionId);

  // After a reload nothing is being sent, so the text comes back. Sending it once more stores it once: the idempotency key is kept too.
  useEffect(() => {
    change((kept) => (kept.outgoing !== "" && !isSendingMessage(queries, sessionId) ? takenBack(kept) : {}));
  }, [change, queries, sessionId]);

  return { draft, ...actions };
}

/** Changes the draft of a session without showing it. */
export function useDraftActions(sessionId: string): DraftActions {
  const [change] = useDraftChange(slotOf(sessionId), BLANK);
  return useMemo(
    () => ({
      change,
      suggest: (action) =>
        change((kept) => {
          if (kept.action.trim() !== "" || kept.finding.trim() !== "") offerBack(kept, change);
          return { mode: "step", action, result: null, finding: "" };
        }),
      sending: (text) => change({ text: "", outgoing: text }),
      sent: (text) => change((kept) => (kept.outgoing === text ? { outgoing: "" } : { text: withoutSent(kept.text, text) })),
      notSent: (text) => change((kept) => (kept.outgoing === text ? takenBack(kept) : {})),
      recorded: (action) => change((kept) => (kept.action.trim() === action ? NO_STEP : {})),
      noted: (text) => change((kept) => (kept.note.trim() === text ? { note: "" } : {})),
    }),
    [change],
  );
}

/** How long the step that a suggestion replaced can be had back. */
const OFFERED_MS = 10_000;

function offerBack({ action, result, finding }: ComposerDraft, change: DraftActions["change"]): void {
  const onTake = () => change({ action, result, finding });
  confirm("The suggestion replaced the step that you had typed.", { label: "Bring it back", onTake, shownMs: OFFERED_MS });
}

const slotOf = (sessionId: string): string => `session.${sessionId}`;

/** Another tab that opened the session meanwhile has taken the text back into the field. */
const withoutSent = (field: string, sent: string): string =>
  field.trim() === sent ? "" : field.startsWith(`${sent}\n\n`) ? field.slice(sent.length + 2) : field;

const takenBack = ({ outgoing, text }: ComposerDraft) => ({
  text: [outgoing, text].filter((part) => part.trim() !== "").join("\n\n"),
  outgoing: "",
});

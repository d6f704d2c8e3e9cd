import { confirm } from "./confirmation-store";

const WORDS = "FlowPilot may have been updated meanwhile, or you are offline.";
const ACTION = "Check your connection, then reload the page; drafts in your sessions are kept.";
const SHOWN_MS = 60_000;

/** The code of a part of the page could not be loaded: a deployment has replaced it, or the network is gone. */
export class LoadFailure extends Error {
  constructor(cause: unknown) {
    super(WORDS, { cause });
    this.name = "LoadFailure";
  }
}

export const LOAD_FAILURE_ADVICE = { title: "This part of the page could not be loaded", action: `${WORDS} ${ACTION}` };

/** Says over the page that a part of it could not be loaded, and offers to reload. */
export function showLoadFailure(): void {
  confirm(`${LOAD_FAILURE_ADVICE.title}. ${LOAD_FAILURE_ADVICE.action}`, {
    label: "Reload",
    onTake: () => window.location.reload(),
    shownMs: SHOWN_MS,
    isFailure: true,
  });
}

/** Loads code that is not in the first bundle, with the styles that it may need. Rejects with a LoadFailure. */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    const [part] = await Promise.all([load(), import("@/shared/styles/mantine-parts")]);
    return part;
  } catch (cause) {
    throw new LoadFailure(cause);
  }
}

export interface Check {
  label: string;
  met: boolean;
}

interface Handing {
  problemSummary: string;
  /** The number of steps that were run. */
  stepsWithResult: number;
  notes: string;
}

const PROBLEM_WORDS = 3;
const NOTES_LENGTH = 20;

/** Checks what the next person needs to start at once. Only a hint: no hand off is refused because of it. */
export function readiness({ problemSummary, stepsWithResult, notes }: Handing): Check[] {
  return [
    { label: "The problem is named", met: problemSummary.trim().split(/\s+/).length >= PROBLEM_WORDS },
    { label: "At least one step has a result", met: stepsWithResult > 0 },
    { label: "Notes say where you got stuck", met: notes.trim().length >= NOTES_LENGTH },
  ];
}

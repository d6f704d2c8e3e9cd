export interface Check {
  label: string;
  met: boolean;
}

interface Handing {
  problemSummary: string;
  /** Steps that were run and have a result, inconclusive or not. */
  stepsWithResult: number;
  notes: string;
}

const PROBLEM_WORDS = 3;
const NOTES_LENGTH = 20;

/** What the next person needs in order to start at once. A hint: nothing is refused on its account. */
export function readiness({ problemSummary, stepsWithResult, notes }: Handing): Check[] {
  return [
    { label: "The problem is named", met: problemSummary.trim().split(/\s+/).length >= PROBLEM_WORDS },
    { label: "At least one step has a result", met: stepsWithResult > 0 },
    { label: "Notes say where you got stuck", met: notes.trim().length >= NOTES_LENGTH },
  ];
}

import type { Readiness, ReachSpan, StepReach } from "@/shared/api/types";

import { people } from "./people.ts";

const sam = { id: people.sam.id, name: people.sam.name };
const step = (level: number, changes: Partial<StepReach>): StepReach => ({
  level,
  passed_to: null,
  is_away: false,
  is_wrong: false,
  reached: [],
  reached_count: 0,
  missed: [],
  missed_count: 0,
  ...changes,
});

const reachesSam = { reached: [{ person: sam, by: ["push" as const, "email" as const] }], reached_count: 1 };
const missesSam = { missed: [{ person: sam, why: "unproven" as const }], missed_count: 1, is_wrong: true };

const span = (begins: string, ends: string, steps: StepReach[]): ReachSpan => ({
  begins_at: `${begins}:00.000Z`,
  ends_at: `${ends}:00.000Z`,
  local_begins_at: `${begins}+00:00`,
  local_ends_at: `${ends}+00:00`,
  steps,
});

/** Sam is reached until Friday evening; after that nothing has reached Sam for 30 days, and nobody comes after. */
export function readiness(): Readiness {
  return {
    time_zone: "Europe/Brussels",
    begins_at: "2026-11-30T10:00:00.000Z",
    ends_at: "2026-12-07T10:00:00.000Z",
    ladders: [
      {
        priority: "urgent",
        clients: [],
        around_the_clock: true,
        after_min: [0, 5],
        spans: [
          span("2026-11-30T10:00", "2026-12-04T18:00", [step(0, { ...reachesSam, passed_to: 1 }), step(1, reachesSam)]),
          span("2026-12-04T18:00", "2026-12-07T10:00", [step(0, { is_wrong: true }), step(1, missesSam)]),
        ],
      },
      {
        priority: "high",
        clients: ["Acorn"],
        around_the_clock: false,
        after_min: [0],
        spans: [span("2026-11-30T10:00", "2026-11-30T18:00", [step(0, { ...reachesSam, reached_count: 4 })])],
      },
    ],
    ladders_left_out: 0,
    absentees: [],
  };
}

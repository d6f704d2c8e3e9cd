import { type Merged, mergeParts } from "@/features/clock/fields/merge";
import type { Weekday } from "@/features/clock/fields/weekdays";
import type { FieldError } from "@/shared/api/problem";
import type { Rota, SavedRota } from "@/shared/api/types";
import type { Version } from "@/shared/drafts/use-form-draft";

export interface OverrideDraft {
  key: string;
  person: string;
  /** Local times of the rota's zone, as `2026-11-27T17:55`. */
  begins: string;
  ends: string;
  /** The override as it was saved: what is not changed keeps its instants, also where clocks show a time twice. */
  saved: { begins: string; ends: string; begins_at: string; ends_at: string } | null;
}

/** A rota as it is edited. */
export interface RotaDraft {
  name: string;
  timeZone: string;
  people: string[];
  /** Null for a handover on every day. */
  weekday: Weekday | null;
  time: string;
  length: string;
  startsOn: string;
  overrides: OverrideDraft[];
}

/** The parts of a draft that are merged, in the words of the page. */
const PARTS: Record<keyof RotaDraft, string> = {
  name: "name",
  timeZone: "time zone",
  people: "people",
  weekday: "weekday of the handover",
  time: "time of the handover",
  length: "shift length",
  startsOn: "start",
  overrides: "overrides",
};

/** Merges what somebody else saved into a draft that was made from `base`, part by part. */
export const mergeRotas = (base: RotaDraft, mine: RotaDraft, theirs: RotaDraft): Merged<RotaDraft> => mergeParts(base, mine, theirs, PARTS);

export const newOverride = (): OverrideDraft => ({ key: crypto.randomUUID(), person: "", begins: "", ends: "", saved: null });

export const blankRota = (timeZone: string, today: string): RotaDraft => ({
  name: "",
  timeZone,
  people: [],
  weekday: "mon",
  time: "08:00",
  length: "1",
  startsOn: today,
  overrides: [],
});

const LENGTH = "2026-11-27T17:55".length;

function draftOf({ name, rota, local_overrides: local }: SavedRota): RotaDraft {
  return {
    name,
    timeZone: rota.time_zone,
    people: rota.people,
    weekday: rota.handover.weekday ?? null,
    time: rota.handover.time,
    length: String(rota.length ?? 1),
    startsOn: rota.starts_on,
    overrides: (rota.overrides ?? []).map(({ person, begins_at, ends_at }, index) => {
      const [begins, ends] = [local[index]?.begins_at ?? "", local[index]?.ends_at ?? ""].map((time) => time.slice(0, LENGTH));
      const span = { begins: begins ?? "", ends: ends ?? "" };
      return { ...newOverride(), person, ...span, saved: { ...span, begins_at, ends_at } };
    }),
  };
}

/** Returns what the form edits of a saved rota. */
export const versionOf = (saved: SavedRota): Version<RotaDraft> => ({ version: saved.version, draft: draftOf(saved) });

/** Reads a draft, and names fields that are missing or no number. The API checks the rest. */
export function rotaOf(draft: RotaDraft): { rota: Rota; troubles: FieldError[] } {
  const troubles: FieldError[] = [];
  const require = (isThere: boolean, pointer: string, detail: string) => {
    if (!isThere) troubles.push({ pointer, detail });
  };
  require(draft.name.trim() !== "", "/name", "Write a name.");
  require(draft.people.length > 0, "/people", "Add somebody.");
  require(/^\d+$/.test(draft.length.trim()), "/length", "Write a whole number.");
  require(draft.time !== "", "/handover/time", "Choose a time.");
  require(draft.startsOn !== "", "/starts_on", "Choose a date.");
  draft.overrides.forEach(({ person, begins, ends }, index) =>
    require(person !== "" && begins !== "" && ends !== "", `/overrides/${index}`, "Choose a person, a beginning and an end."),
  );
  const rota: Rota = {
    time_zone: draft.timeZone.trim(),
    people: draft.people,
    handover: { weekday: draft.weekday, time: draft.time },
    length: Number(draft.length),
    starts_on: draft.startsOn,
    overrides: draft.overrides.map(({ person, begins, ends, saved }) => ({
      person,
      begins_at: saved?.begins === begins ? saved.begins_at : begins,
      ends_at: saved?.ends === ends ? saved.ends_at : ends,
    })),
  };
  return { rota, troubles };
}

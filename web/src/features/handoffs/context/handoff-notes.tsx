import { useId } from "react";

import type { Handoff, Note } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { Expandable } from "@/shared/ui/expandable";
import { noteWords } from "@/shared/ui/note-words";
import { useFold } from "@/shared/ui/use-fold";
import { UserText } from "@/shared/ui/user-text";

import classes from "./handoff-notes.module.css";

/** What people wrote for each other until the handoff was closed, newest first, each with name and time. */
export function HandoffNotes({ handoff, isFolded = false }: { handoff: Handoff; isFolded?: boolean }) {
  const notes = [...handoff.snapshot.notes, ...handoff.since.notes].reverse();
  const { placeOf, button } = useFold(notes.length, { wide: 2, narrow: 1, what: "notes" });
  if (notes.length === 0) return null;
  return (
    <>
      <ol className={classes.notes} aria-label="Notes">
        {notes.map((note, rank) => (
          <li key={note.seq} {...(isFolded && placeOf(rank))}>
            <NoteFigure note={note} lines={isFolded ? 3 : 6} />
          </li>
        ))}
      </ol>
      {isFolded && button}
    </>
  );
}

function NoteFigure({ note, lines }: { note: Note; lines: number }) {
  const by = useId();
  return (
    <figure className={classes.note} aria-labelledby={by}>
      <figcaption id={by} className={classes.by}>
        <UserText className={classes.name}>{note.author.name}</UserText>
        {note.about && <span>{noteWords[note.about]}</span>}
        <Age at={note.created_at} />
      </figcaption>
      <Expandable lines={lines} label="the note">
        <UserText lines>{note.text}</UserText>
      </Expandable>
    </figure>
  );
}

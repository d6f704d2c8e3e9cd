import { IconNote } from "@tabler/icons-react";

import type { Note } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { noteWords } from "@/shared/ui/note-words";
import { UserText } from "@/shared/ui/user-text";

import classes from "./turn.module.css";

/** A note of one person to another. */
export function NoteTurn({ note }: { note: Note }) {
  return (
    <article className={classes.note}>
      <header className={classes.head}>
        <IconNote size={14} stroke={1.5} aria-hidden="true" />
        <UserText className={classes.author}>{note.author.name}</UserText>
        <span>{note.about ? noteWords[note.about] : "to people"}</span>
        <Age at={note.created_at} />
        {note.edited_at && <span>edited</span>}
      </header>
      <UserText lines>{note.text}</UserText>
    </article>
  );
}

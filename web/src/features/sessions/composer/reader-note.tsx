import type { useAddNote } from "@/features/sessions/api/mutations";
import { RedactionNote } from "@/shared/redaction/redaction-note";
import { ProblemNote } from "@/shared/ui/problem-note";

import classes from "./composer.module.css";
import { NoteEntry } from "./note-entry";
import type { Composer } from "./use-composer";

interface Props {
  composer: Composer;
  noteMutation: ReturnType<typeof useAddNote>;
}

/** The composer for people of the session who do not hold it: notes only. */
export function ReaderNote({ composer, noteMutation }: Props) {
  return (
    <section aria-label="Write a note">
      {noteMutation.error && <ProblemNote error={noteMutation.error} />}
      <RedactionNote
        text={composer.draft.note}
        marked={composer.draft.marked}
        onMark={(marked) => composer.change({ marked })}
      />
      <div className={classes.box}>
        <NoteEntry composer={composer} noteMutation={noteMutation} />
      </div>
    </section>
  );
}

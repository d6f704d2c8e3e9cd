import { Button } from "@mantine/core";
import type { ReactNode } from "react";

import { Dialog } from "@/shared/ui/dialog";
import form from "@/shared/ui/form.module.css";
import { ProblemNote } from "@/shared/ui/problem-note";
import { UserText } from "@/shared/ui/user-text";

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What is deleted, as people named it. */
  name: string;
  /** What is lost with it: the rest of a sentence that begins with the name. */
  children: ReactNode;
  /** What else there is to know before. */
  details?: ReactNode;
  label: string;
  deletion: { error: Error | null; isPending: boolean; reset: () => void };
  onDelete: () => void;
}

/** Asks for a confirmation before something is deleted for good. */
export function DeleteDialog({ opened, onClose, title, name, children, details, label, deletion, onDelete }: Props) {
  const close = () => {
    deletion.reset(); // Opened again, it does not show the last attempt's error.
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={close} title={title}>
      <div className={form.form}>
        <p>
          <strong>
            <UserText>{name}</UserText>
          </strong>{" "}
          {children}
        </p>
        {details}
        {deletion.error && <ProblemNote error={deletion.error} />}
        <div className={form.buttons}>
          <Button variant="default" onClick={close} data-autofocus>
            Cancel
          </Button>
          <Button variant="outline" color="red" loading={deletion.isPending} onClick={onDelete}>
            {label}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

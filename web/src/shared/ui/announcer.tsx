import { VisuallyHidden } from "@mantine/core";

/** Announces to screen readers, politely, what changed without an action of the reader. */
export function Announcer({ message }: { message: string }) {
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {message}
    </VisuallyHidden>
  );
}

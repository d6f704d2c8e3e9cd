import { VisuallyHidden } from "@mantine/core";

/** Tells a screen reader quietly what changed on the screen by itself. */
export function Announcer({ message }: { message: string }) {
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {message}
    </VisuallyHidden>
  );
}

import { Button } from "@mantine/core";
import { useEffect } from "react";
import { useBlocker } from "react-router";

import { isLeavingToSignIn } from "@/features/sign-in/sign-in-redirect";
import { Dialog } from "@/shared/ui/dialog";
import form from "@/shared/ui/form.module.css";

/**
 * Asks before a page is left while it has changes that are not saved: within the site by a dialog, else by the browser. The
 * way to the sign-in leads back to the page, and its form is kept.
 */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => {
      if (!isLeavingToSignIn()) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isDirty]);
  return (
    <Dialog opened={blocker.state === "blocked"} onClose={() => blocker.reset?.()} title="Leave without saving?">
      <div className={form.form}>
        <p>Your changes on this page are not saved, and leaving drops them.</p>
        <div className={form.buttons}>
          <Button variant="outline" color="red" onClick={() => blocker.proceed?.()}>
            Leave
          </Button>
          <Button onClick={() => blocker.reset?.()} data-autofocus>
            Stay
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

import { Button, Modal } from "@mantine/core";
import { useSyncExternalStore } from "react";

import form from "@/shared/ui/form.module.css";

import type { TokenSource } from "./credentials";

/** Asks to sign in again over the page. Drafts are kept, and the sign-in returns to the same page. */
export function SignInEnded({ tokens, onSignIn }: { tokens: TokenSource; onSignIn: () => void }) {
  const ended = useSyncExternalStore(tokens.subscribe, tokens.hasEnded);
  return (
    <Modal
      opened={ended}
      onClose={() => undefined}
      title="Your sign-in has ended"
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      lockScroll={false}
      centered
      zIndex={400}
    >
      <div className={form.form}>
        <p>What you typed is kept. Sign in again and you come back to this page.</p>
        <div className={form.buttons}>
          <Button onClick={onSignIn} data-autofocus>
            Sign in again
          </Button>
        </div>
      </div>
    </Modal>
  );
}

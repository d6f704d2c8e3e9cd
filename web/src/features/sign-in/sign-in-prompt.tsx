import { Button, Modal } from "@mantine/core";

import { useEscape } from "@/shared/ui/use-escape";

import form from "@/shared/ui/form.module.css";

interface Props {
  opened: boolean;
  /** Called on Esc, when the prompt stays all the same. */
  onClose: () => void;
  onSignIn: () => void;
}

/**
 * Asks to sign in again over the page. Drafts are kept, and the sign-in returns to the same page. It opens by itself, so the
 * focus is on its text: a key that was meant for the page leaves nothing, and closes nothing below.
 */
export function SignInPrompt({ opened, onClose, onSignIn }: Props) {
  useEscape(opened, onClose);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Your sign-in has ended"
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      lockScroll={false}
      centered
      zIndex={400}
    >
      <div className={form.form}>
        <p tabIndex={-1} data-autofocus>
          What you wrote is kept, except secrets. Sign in again and you come back to this page.
        </p>
        <div className={form.buttons}>
          <Button onClick={onSignIn}>Sign in again</Button>
        </div>
      </div>
    </Modal>
  );
}

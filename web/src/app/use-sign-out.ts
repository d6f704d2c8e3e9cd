import { readKnownDevice } from "@/features/notifications/push/known-device";
import { forgetSignIn } from "@/features/sign-in/known-browser";
import { clearIdempotencyKeys } from "@/shared/api/idempotency-key";
import { useSignIn } from "@/shared/api/sign-in-context";
import { clearDrafts } from "@/shared/drafts/use-draft";

/** How long sign-out waits for the browser's push service. */
const END_PUSH_MS = 3_000;

/** A person who signs out gets no more push messages in this browser. Never rejects: the next person's page ends what is left. */
async function endPush(): Promise<void> {
  const ended = import("@/features/notifications/push/subscription").then(({ unsubscribe }) => unsubscribe());
  const tooLate = new Promise((resolve) => setTimeout(resolve, END_PUSH_MS));
  await Promise.race([ended.catch(() => null), tooLate]);
}

/** Signs out here and at the provider, and removes what was typed and not sent. Cognito's logout requires `client_id` and `logout_uri`, which OIDC does not have. */
export function useSignOut(): () => void {
  const { manager } = useSignIn();
  return () => {
    clearDrafts();
    clearIdempotencyKeys();
    forgetSignIn();
    const home = `${window.location.origin}/`;
    const extraQueryParams = { client_id: manager.settings.client_id, logout_uri: home };
    const leave = () =>
      manager.signoutRedirect({ extraQueryParams }).catch(() => {
        // The provider has no logout page, so only the tokens are removed.
        void manager.removeUser().then(() => window.location.assign(home));
      });
    if (readKnownDevice() === null) void leave();
    else void endPush().then(leave);
  };
}

import { useEffect } from "react";

import { readKnownDevice } from "@/features/notifications/push/known-device";
import { useMe } from "@/shared/api/me";

/** Ends the subscription of somebody else who used this browser before. */
export function useOwnPush(): void {
  const me = useMe();
  useEffect(() => {
    if ((readKnownDevice()?.person ?? me.id) === me.id) return;
    void import("@/features/notifications/push/subscription").then(({ endOthersSubscription }) => endOthersSubscription(me.id));
  }, [me.id]);
}

import { Button } from "@mantine/core";
import { IconUserOff } from "@tabler/icons-react";

import { Empty } from "@/shared/ui/empty";

import { useSignOut } from "./use-sign-out";

/** Shown to somebody whom an admin has removed since they signed in. Only a new sign-in brings them back. */
export function RemovedPage() {
  const signOut = useSignOut();
  return (
    <Empty icon={<IconUserOff size={24} aria-hidden="true" />} title="You were removed from FlowPilot" isPage>
      <p>An administrator removed you. If you should still have access, sign out and sign in again.</p>
      <Button variant="default" mt={16} onClick={signOut}>
        Sign out
      </Button>
    </Empty>
  );
}

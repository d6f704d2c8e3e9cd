import { Button } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";

import { useSignIn } from "@/shared/api/sign-in-context";
import { Empty } from "@/shared/ui/empty";
import { UserText } from "@/shared/ui/user-text";

import { useSignOut } from "./use-sign-out";

const ROLES = ["viewer", "engineer", "senior", "admin"];

/** Shown to somebody who is signed in and has none of the roles: which groups were found, and how to sign out. */
export function NoRolePage() {
  const groups = groupsIn(useSignIn().claims);
  const signOut = useSignOut();
  return (
    <Empty icon={<IconLock size={24} aria-hidden="true" />} title="You have no role in FlowPilot" isPage>
      <p>Ask your administrator to put you in one of the groups {ROLES.join(", ")}. Then sign in again.</p>
      <p>
        {groups.length === 0 ? (
          "Your sign-in has no groups."
        ) : (
          <>
            Groups of your sign-in: <UserText>{groups.map((group) => `“${group}”`).join(", ")}</UserText>.
          </>
        )}
      </p>
      {groups.filter(isNearly).map((group) => (
        <p key={group}>
          <UserText>{`“${group}”`}</UserText> is not one of them: the names are in lower case and in the singular.
        </p>
      ))}
      <Button variant="default" mt={16} onClick={signOut}>
        Sign out
      </Button>
    </Empty>
  );
}

/** The groups in a token: Cognito's claim, or the common one. */
export function groupsIn(claims: object | undefined): string[] {
  const { groups, "cognito:groups": cognito } = (claims ?? {}) as Record<string, unknown>;
  const found = cognito ?? groups;
  return Array.isArray(found) ? found.filter((group): group is string => typeof group === "string") : [];
}

const isNearly = (group: string) => !ROLES.includes(group) && ROLES.includes(group.trim().toLowerCase().replace(/s$/, ""));

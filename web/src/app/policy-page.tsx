import { useState } from "react";

import { PolicyEditor } from "@/features/clock/policy/policy-editor";

import { LeaveGuard } from "./leave-guard";
import { usePageTitle } from "./use-page-title";

/** `/policy`: the account's deadlines, ladder and working hours. */
export function PolicyPage() {
  const [isDirty, setDirty] = useState(false);
  usePageTitle("Policy");
  return (
    <>
      <PolicyEditor onDirtyChange={setDirty} />
      <LeaveGuard isDirty={isDirty} />
    </>
  );
}

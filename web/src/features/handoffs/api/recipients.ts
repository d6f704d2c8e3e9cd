import { useEngineers } from "@/shared/api/engineers";
import type { Engineer } from "@/shared/api/types";

/** Those to whom an escalation can be directed: seniors and admins without the `barred`, by name. */
export function useRecipients(barred: string[], enabled = true) {
  const engineers = useEngineers(undefined, enabled);
  const isNameable = ({ id, role }: Engineer) => (role === "senior" || role === "admin") && !barred.includes(id);
  return { data: engineers.data?.filter(isNameable) };
}

/** The person with that id, while they can be named. */
export function useNamed(id: string, barred: string[], enabled = true): Engineer | undefined {
  return useRecipients(barred, enabled).data?.find((one) => one.id === id);
}

import type { SessionItem } from "@/shared/api/types";

/** Whether the person works on it now. */
export const isHeldBy = ({ status, escalated_to, owner }: SessionItem, id: string): boolean =>
  status === "active" && (escalated_to ?? owner).id === id;

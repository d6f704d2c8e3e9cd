import type { Handoff, Person } from "@/shared/api/types";

import type { FakePerson } from "./people.ts";

/** What people have read of their notifications. */
export class Reading {
  private readonly opened = new Map<string, string>();
  private readonly openings = new Map<string, Person[]>();

  /** Marks a handoff, or a session without one, as read by somebody; others see that of what waits. */
  open(subject: string, handoff: Handoff | undefined, { id, name }: FakePerson, at: string): void {
    this.opened.set(`${id} ${subject}`, at);
    if (handoff?.status !== "unclaimed" || handoff.from.id === id) return;
    this.openings.set(subject, [...this.openedBy(subject).filter((one) => one.id !== id), { id, name }]);
  }

  isRead(subject: string, me: FakePerson, happenedAt: string): boolean {
    return happenedAt <= (this.opened.get(`${me.id} ${subject}`) ?? "");
  }

  openedBy(handoffId: string): Person[] {
    return this.openings.get(handoffId) ?? [];
  }
}

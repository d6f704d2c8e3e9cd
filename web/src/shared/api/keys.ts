/** The names under which server state is cached; `stale-keys.ts` says which a change makes stale. */
export const keys = {
  me: ["me"],
  sessions: ["sessions"],
  session: (sessionId: string) => ["session", sessionId],
  turns: (sessionId: string) => ["turns", sessionId],
  handoffs: (sessionId: string) => ["handoffs", sessionId],
  escalations: ["escalations"],
  notifications: ["notifications"],
  ticketSystems: ["ticket-systems"],
  integrations: ["integrations"],
  integration: (integrationId: string) => ["integrations", integrationId],
} as const;

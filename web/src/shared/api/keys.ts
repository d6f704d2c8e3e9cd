/** The names under which server state is cached. An event names the state it makes stale by these. */
export const keys = {
  me: ["me"],
  sessions: ["sessions"],
  session: (sessionId: string) => ["session", sessionId],
  turns: (sessionId: string) => ["turns", sessionId],
  handoffs: (sessionId: string) => ["handoffs", sessionId],
  /** What the three above have in common. */
  ofEverySession: [["session"], ["turns"], ["handoffs"]],
  escalations: ["escalations"],
  notifications: ["notifications"],
  ticketSystems: ["ticket-systems"],
  integrations: ["integrations"],
  integration: (integrationId: string) => ["integrations", integrationId],
} as const;

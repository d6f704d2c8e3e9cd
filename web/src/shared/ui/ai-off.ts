/** Says that the policy has the AI off: for the client, or for a case whose client is not known. */
export const aiOff = (client: string | null | undefined): string => `AI is off for this ${client ? "client" : "case"}`;

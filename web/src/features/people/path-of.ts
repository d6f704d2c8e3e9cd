/** The page of what somebody holds. */
export const pathOf = (engineerId: string): string => `/people/${encodeURIComponent(engineerId)}`;

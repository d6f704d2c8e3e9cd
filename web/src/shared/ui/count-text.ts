/** The queue is counted up to this, unread notifications up to a hundred. */
const MOST_WAITING = 1_000;
const MOST_UNREAD = 99;

export const waitingCount = (total: number): string => (total >= MOST_WAITING ? "1000+" : String(total));
export const unreadCount = (unread: number): string => (unread > MOST_UNREAD ? "99+" : String(unread));

let address = "/";

/** Returns the address at which the queue was shown last, with its filter. */
export const queueAddress = (): string => address;

export function keepQueueAddress(search: string): void {
  address = search === "" ? "/" : `/?${search}`;
}

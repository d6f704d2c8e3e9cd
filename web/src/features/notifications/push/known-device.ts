import { inBrowser } from "@/shared/stored-text";

const NAME = "flowpilot.push-device";

/** Whose push messages this browser gets, and what the device is called there. */
export interface KnownDevice {
  person: string;
  device: string;
}

/** Reads what is known of this browser's subscription; null where there is none. */
export function readKnownDevice(): KnownDevice | null {
  try {
    const { person, device } = JSON.parse(inBrowser.read(NAME) ?? "null") as Partial<KnownDevice>;
    return person && device ? { person, device } : null;
  } catch {
    return null;
  }
}

export function keepKnownDevice(known: KnownDevice): void {
  inBrowser.keep(NAME, JSON.stringify(known));
}

export function forgetKnownDevice(): void {
  inBrowser.remove(NAME);
}

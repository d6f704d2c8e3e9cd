import { ApiClient } from "./api-client.ts";
import { readStack } from "./stack.ts";

/** As many requests as two pages send at once when they open. */
const AT_ONCE = 10;

/** The emulator starts a process for each call that runs beside others; the tests are not to wait for that. */
export default async function warmUp(): Promise<void> {
  const sam = new ApiClient(readStack(), "sam");
  await Promise.all(Array.from({ length: AT_ONCE }, () => sam.queue()));
}

import { ApiClient } from "./api-client.ts";
import { readStack } from "./stack.ts";

/** About as many requests as the pages of two workers send at once when they load. */
const CONCURRENT_REQUESTS = 16;

/** Starts as many Lambda workers on the emulator as the tests need, so that no test waits for a cold start. */
export default async function warmUp(): Promise<void> {
  const sam = new ApiClient(readStack(), "sam");
  await Promise.all(Array.from({ length: CONCURRENT_REQUESTS }, () => sam.queue()));
}

import { test as setup } from "./fixtures.ts";
import { createScreenData, storeScreenData } from "./screen-data.ts";
import { runClock } from "./stack.ts";

setup("the sessions that the screens show are created", async ({ api, ai, psa, stack }) => {
  const people = { jane: api("jane"), sam: api("sam"), alex: api("alex") };
  storeScreenData(await createScreenData({ ...people, ai, psa, runClock: () => runClock(stack) }));
  await api("hank").emptyQueue();
});

import { test as setup } from "./fixtures.ts";
import { createScreenData, storeScreenData } from "./screen-data.ts";

setup("the sessions that the screens show are created", async ({ api, ai, psa }) => {
  storeScreenData(await createScreenData({ jane: api("jane"), sam: api("sam"), alex: api("alex"), ai, psa }));
  await api("hank").emptyQueue();
});

import { ChannelList } from "@/features/channels/channel-list";

import { usePageTitle } from "./use-page-title";

/** `/channels`: where escalations are announced outside the page. */
export function ChannelsPage() {
  usePageTitle("Channels");
  return <ChannelList />;
}

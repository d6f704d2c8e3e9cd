import { ChannelList } from "@/features/channels/channel-list";

import { usePageTitle } from "./use-page-title";

/** `/channels`: where the account's people and systems hear of escalations besides the page. */
export function ChannelsPage() {
  usePageTitle("Channels");
  return <ChannelList />;
}

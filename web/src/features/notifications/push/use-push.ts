import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";
import { useMe } from "@/shared/api/me";
import type { NotificationSettings } from "@/shared/api/types";

import { forgetKnownDevice, keepKnownDevice, readKnownDevice } from "./known-device";
import { isSubscribed, subscribe, unsubscribe } from "./subscription";

/** Returns which of the person's devices this browser is; null when it is none, undefined until that is known. */
export function useThisDevice({ devices, push_public_key: publicKey }: NotificationSettings): string | null | undefined {
  const me = useMe();
  const { data: subscribed } = useQuery({
    queryKey: keys.thisDevice,
    queryFn: async () => {
      const known = readKnownDevice();
      return publicKey && known?.person === me.id && (await isSubscribed(publicKey)) ? known.device : null;
    },
  });
  return subscribed && !devices.some(({ id }) => id === subscribed) ? null : subscribed;
}

/** Subscribes this browser under a name; the browser asks the person first. */
export function useSubscribe(publicKey: string) {
  const api = useApi();
  const me = useMe();
  const refresh = useRefreshDevices();
  return useMutation({
    mutationFn: async (name: string) => {
      const made = await subscribe(publicKey);
      return answerOf(api.POST("/me/devices", { body: { name, ...made } }));
    },
    onSuccess: ({ id }) => {
      keepKnownDevice({ person: me.id, device: id });
      return refresh();
    },
  });
}

/** Removes a device; this browser also ends its subscription. */
export function useRemoveDevice() {
  const api = useApi();
  const refresh = useRefreshDevices();
  return useMutation({
    mutationFn: async (id: string) => {
      await answerOf(api.DELETE("/me/devices/{device_id}", { params: { path: { device_id: id } } }));
      if (readKnownDevice()?.device === id) await unsubscribe().catch(forgetKnownDevice);
    },
    onSettled: refresh,
  });
}

function useRefreshDevices() {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: keys.notificationSettings });
    await queries.invalidateQueries({ queryKey: keys.thisDevice });
  };
}

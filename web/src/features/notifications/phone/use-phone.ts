import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";

/** Has a code sent to a number. */
export function useSendCode() {
  const api = useApi();
  const refresh = useRefreshPhone();
  return useMutation({
    mutationFn: (number: string) => answerOf(api.POST("/me/phone", { body: { number } })),
    onSuccess: refresh,
  });
}

/** Confirms the number by the code that came to it; what a wrong guess leaves is read again. */
export function useConfirmPhone(onConfirmed: () => void) {
  const api = useApi();
  const refresh = useRefreshPhone();
  return useMutation({
    mutationFn: (code: string) => answerOf(api.POST("/me/phone/confirm", { body: { code } })),
    onSuccess: onConfirmed,
    onSettled: refresh,
  });
}

/** Removes the number, and the code for another. */
export function useRemovePhone() {
  const api = useApi();
  const refresh = useRefreshPhone();
  return useMutation({ mutationFn: () => answerOf(api.DELETE("/me/phone")), onSuccess: refresh });
}

function useRefreshPhone() {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: keys.notificationSettings });
    await queries.invalidateQueries({ queryKey: keys.readiness });
  };
}

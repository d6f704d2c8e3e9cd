import { useEffect, useState } from "react";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import type { SecretSpan } from "@/shared/api/types";

const DEBOUNCE_MS = 600;

/** What the API found in a text; "failed" when it could not be asked. */
export type RedactionPreview = { text: string; spans: SecretSpan[] } | "failed" | null;

/** Asks what will be masked in `text`, once its author pauses. The answer is kept only while the text is on the screen. */
export function useRedactionPreview(text: string): RedactionPreview {
  const api = useApi();
  const [preview, setPreview] = useState<RedactionPreview>(null);

  useEffect(() => {
    if (text.trim() === "") return;
    const cancel = new AbortController();
    const ask = async () => {
      try {
        const { spans } = await answerOf(api.POST("/redaction/preview", { body: { text }, signal: cancel.signal }));
        if (!cancel.signal.aborted) setPreview({ text, spans });
      } catch {
        if (!cancel.signal.aborted) setPreview("failed");
      }
    };
    const timer = setTimeout(() => void ask(), DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      cancel.abort();
    };
  }, [api, text]);

  if (text.trim() === "" || preview === null) return null;
  if (preview === "failed") return preview;
  return preview.text === text ? preview : null;
}

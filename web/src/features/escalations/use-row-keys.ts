import { type RefObject, useEffect } from "react";

import { isPlainKey } from "@/shared/ui/plain-key";

/** Moves the focus through the rows of a list: `j` to the next one, `k` to the one before. Enter then opens the row's link. */
export function useRowKeys(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.key !== "j" && event.key !== "k") || !isPlainKey(event)) return;
      const rows = [...(list.current?.querySelectorAll<HTMLElement>("a[href]") ?? [])];
      const at = rows.findIndex((row) => row === document.activeElement);
      const next = at === -1 ? 0 : at + (event.key === "j" ? 1 : -1);
      const row = rows[Math.max(0, Math.min(rows.length - 1, next))];
      if (!row) return;
      event.preventDefault();
      row.focus();
      row.scrollIntoView({ block: "nearest" });
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [list]);
}

import { useEffect, useState, type RefObject } from "react";

/**
 * Returns the text that is selected in a field of the form or section around `place`. It stays while the focus moves to a
 * button, until something else is selected in one of these fields.
 */
export function useSelectedText(place: RefObject<HTMLElement | null>): string {
  const [selected, setSelected] = useState("");

  useEffect(() => {
    const read = () => {
      const field = document.activeElement;
      const around = place.current?.closest("form, section");
      if (!isTextField(field) || !around?.contains(field)) return;
      setSelected(field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0).trim());
    };
    document.addEventListener("selectionchange", read);
    document.addEventListener("select", read, true);
    return () => {
      document.removeEventListener("selectionchange", read);
      document.removeEventListener("select", read, true);
    };
  }, [place]);

  return selected;
}

const isTextField = (element: Element | null): element is HTMLTextAreaElement | HTMLInputElement =>
  element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === "text");

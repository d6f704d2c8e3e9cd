import { type ComponentType, useEffect, useLayoutEffect, useState, useSyncExternalStore } from "react";

import { loadPart, showLoadFailure } from "./load-part";
import { useTypeAhead } from "./use-type-ahead";
import { whenIdle } from "./when-idle";

interface Part {
  opened: boolean;
  onClose: () => void;
}

/**
 * A dialog, menu or panel whose code is loaded once the browser is idle, or when it is opened before that: it then opens as
 * soon as it is there, with the keys that were typed meanwhile. Closes, and says why, when its code cannot be loaded.
 */
export function lazyPart<Props extends Part>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const code = lazyCode(load);
  return function LazyPart(props: Props) {
    const { opened, onClose } = props;
    const Loaded = useSyncExternalStore(code.subscribe, code.loaded);
    // Rendered closed first: Mantine returns the focus to what had it when the part went from closed to opened. In a layout
    // effect, since what follows it is rendered with its effects at once, before the part moves the focus.
    const [isReady, setReady] = useState(false);
    useLayoutEffect(() => setReady(Loaded !== null), [Loaded]);
    useEffect(() => whenIdle(() => void code.load().catch(() => null)), []); // A failure is shown when the part is opened.
    useEffect(() => {
      if (!opened || Loaded !== null) return;
      let isWanted = true;
      code.load().catch(() => {
        if (!isWanted) return;
        onClose();
        showLoadFailure();
      });
      return () => void (isWanted = false);
      // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each time it is opened
    }, [opened, Loaded]);
    useTypeAhead(opened && !isReady, onClose);
    return Loaded && <Loaded {...props} opened={opened && isReady} />;
  };
}

function lazyCode<Props>(load: () => Promise<ComponentType<Props>>) {
  let loaded: ComponentType<Props> | null = null;
  let loading: Promise<void> | null = null;
  const listeners = new Set<() => void>();
  const begin = async () => {
    try {
      loaded = await loadPart(load);
      listeners.forEach((listen) => listen());
    } finally {
      loading = null; // A load that failed is tried again.
    }
  };
  return {
    load: () => (loaded ? Promise.resolve() : (loading ??= begin())),
    loaded: () => loaded,
    subscribe: (listen: () => void) => {
      listeners.add(listen);
      return () => void listeners.delete(listen);
    },
  };
}

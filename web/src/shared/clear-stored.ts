/** Removes all that the browser keeps under names that begin with `prefix`. */
export function clearStored(storage: Storage, prefix: string): void {
  Object.keys(storage)
    .filter((name) => name.startsWith(prefix))
    .forEach((name) => storage.removeItem(name));
}

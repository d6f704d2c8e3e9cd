/**
 * Texts in one of the browser's storages. What the storage refuses, as when it is full, is kept until the page is closed: it
 * can still be read, sent and removed.
 */
export class StoredText {
  private readonly refused = new Map<string, string>();

  constructor(private readonly storage: () => Storage) {}

  read(name: string): string | null {
    return this.refused.get(name) ?? this.storage().getItem(name);
  }

  keep(name: string, text: string): void {
    this.refused.delete(name);
    try {
      this.storage().setItem(name, text);
    } catch {
      this.refused.set(name, text);
    }
  }

  remove(name: string): void {
    this.refused.delete(name);
    this.storage().removeItem(name);
  }

  /** Removes all that is kept under names that begin with `prefix`. */
  clear(prefix: string): void {
    [...this.refused.keys(), ...Object.keys(this.storage())].filter((name) => name.startsWith(prefix)).forEach((name) => this.remove(name));
  }
}

/** Kept in this browser, for all its tabs. */
export const inBrowser = new StoredText(() => localStorage);
/** Kept in this tab, also when the page is loaded again. */
export const inTab = new StoredText(() => sessionStorage);

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";

/** What a signed-in tab keeps in its session storage, by name. */
export type SignIn = Record<string, string>;

/** Shares sign-ins between the workers of a run, in the folder that Playwright empties at the start of a run. */
export class SignInStore {
  private readonly folder: string;

  constructor(outputDir: string) {
    this.folder = join(outputDir, "sign-ins");
  }

  read(handle: string): SignIn | null {
    const file = this.fileOf(handle);
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as SignIn) : null;
  }

  async store(handle: string, page: Page): Promise<void> {
    const kept = await page.evaluate(() =>
      Object.fromEntries(Object.entries(sessionStorage).filter(([name]) => name.startsWith("oidc.user:"))),
    );
    mkdirSync(this.folder, { recursive: true });
    const unfinished = `${this.fileOf(handle)}.${process.pid}`;
    writeFileSync(unfinished, JSON.stringify(kept));
    renameSync(unfinished, this.fileOf(handle)); // A reader in another worker sees the whole file or none.
  }

  private fileOf(handle: string): string {
    return join(this.folder, `${handle}.json`);
  }
}

import { ErrorResponse, type User, type UserManager } from "oidc-client-ts";

import type { Credentials } from "@/shared/api/fresh-token";

type Manager = Pick<UserManager, "getUser" | "signinSilent" | "events">;

/** Provides the API client with the ID token of the signed-in person, and renews it when it has expired. */
export class TokenSource implements Credentials {
  private idToken: string | null = null;
  private ended = false;
  private renewing: Promise<boolean> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly manager: Manager) {
    manager.events.addUserLoaded((user) => this.hold(user));
    manager.events.addUserUnloaded(() => this.hold(null));
  }

  /** Restores the sign-in of an earlier load of the page. */
  async resume(): Promise<void> {
    const user = await this.manager.getUser();
    this.hold(user);
    if (user?.expired) await this.renewOnce().catch(() => false);
    this.ended = false; // Nothing is on the screen yet, so the sign-in page is shown instead.
  }

  token(): string | null {
    return this.idToken;
  }

  /** Concurrent requests share one renewal. Rejects when the provider is unreachable. */
  renew(): Promise<boolean> {
    this.renewing ??= this.renewOnce().finally(() => (this.renewing = null));
    return this.renewing;
  }

  /** Whether the sign-in has expired while the page was in use. */
  readonly hasEnded = (): boolean => this.ended;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private async renewOnce(): Promise<boolean> {
    const fresh = await this.freshToken();
    if (fresh === null) this.setEnded(true);
    else this.idToken = fresh;
    return fresh !== null;
  }

  /** Uses the refresh token. Returns null when there is none or the provider refuses it. */
  private async freshToken(): Promise<string | null> {
    const user = await this.manager.getUser();
    if (!user?.refresh_token) return null;
    try {
      return (await this.manager.signinSilent())?.id_token ?? null;
    } catch (failure) {
      if (failure instanceof ErrorResponse) return null;
      throw failure; // Unreachable: the sign-in may still be valid.
    }
  }

  private hold(user: User | null): void {
    this.idToken = user?.id_token ?? null;
    if (user !== null) this.setEnded(false);
  }

  private setEnded(ended: boolean): void {
    if (ended === this.ended) return;
    this.ended = ended;
    this.listeners.forEach((listen) => listen());
  }
}

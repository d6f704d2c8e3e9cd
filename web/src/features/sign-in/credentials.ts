import { ErrorResponse, type User, type UserManager } from "oidc-client-ts";

import type { Credentials } from "@/shared/api/client";

type Manager = Pick<UserManager, "getUser" | "signinSilent" | "events">;

/** Hands the API client the ID token of whoever is signed in, and a new one when it has run out. */
export class TokenSource implements Credentials {
  private idToken: string | null = null;
  private ended = false;
  private renewing: Promise<boolean> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly manager: Manager) {
    manager.events.addUserLoaded((user) => this.hold(user));
    manager.events.addUserUnloaded(() => this.hold(null));
  }

  /** Takes up what an earlier load of the page left behind, so that a reload asks nobody to sign in. */
  async resume(): Promise<void> {
    const user = await this.manager.getUser();
    this.hold(user);
    if (user?.expired) await this.renewOnce().catch(() => false);
    this.ended = false; // Nobody was at work yet: the sign-in page says all there is to say.
  }

  token(): string | null {
    return this.idToken;
  }

  /** Many requests may find the token ended at once; one renewal serves them all. Rejects when nobody could be asked. */
  renew(): Promise<boolean> {
    this.renewing ??= this.renewOnce().finally(() => (this.renewing = null));
    return this.renewing;
  }

  /** Whether the sign-in ended in the middle of the work. */
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

  /** By the refresh token; null when there is none, or the provider no longer takes it. */
  private async freshToken(): Promise<string | null> {
    const user = await this.manager.getUser();
    if (!user?.refresh_token) return null;
    try {
      return (await this.manager.signinSilent())?.id_token ?? null;
    } catch (failure) {
      if (failure instanceof ErrorResponse) return null;
      throw failure; // Nobody was reached who could say that the sign-in has ended.
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

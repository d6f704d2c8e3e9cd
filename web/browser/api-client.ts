import type { Handoff, HandOff, NewSession, QueueItem, Session, Step } from "@/shared/api/types";

import type { Stack } from "./stack.ts";

const tokens = new Map<string, Promise<string>>();

/** Calls the API as one of the people, to prepare a scenario or to act as somebody else during a test. */
export class ApiClient {
  constructor(
    private readonly stack: Stack,
    private readonly handle: string,
  ) {}

  openSession(about: Partial<NewSession> & { problem_summary: string }): Promise<Session> {
    return this.post<Session>("/sessions", about);
  }

  addStep({ id, epoch }: Session, action: string, result: Step["result"]): Promise<Step> {
    return this.post<Step>(`/sessions/${id}/turns`, { kind: "step", action, result, epoch });
  }

  handOff({ id }: Session, about: Partial<HandOff> = {}): Promise<Handoff> {
    return this.post<Handoff>(`/sessions/${id}/handoff`, { intent: "escalate", ...about });
  }

  async escalate(problem_summary: string, about: Partial<HandOff> = {}): Promise<Handoff> {
    return this.handOff(await this.openSession({ problem_summary }), about);
  }

  claim(handoff: Pick<Handoff, "id" | "session_id">): Promise<unknown> {
    return this.post(`/sessions/${handoff.session_id}/handoffs/${handoff.id}/claim`, {});
  }

  wait({ id, session_id }: Pick<Handoff, "id" | "session_id">, reason: string, forMs = 86_400_000): Promise<unknown> {
    const until = new Date(Date.now() + forMs).toISOString();
    return this.post(`/sessions/${session_id}/handoffs/${id}/wait`, { until, reason });
  }

  async queue(): Promise<QueueItem[]> {
    return (await this.call<{ items: QueueItem[] }>("GET", "/escalations?limit=100")).items;
  }

  /** Claims all handoffs that wait in the account. */
  async emptyQueue(): Promise<void> {
    for (const { session_id, handoff_id } of await this.queue()) await this.claim({ session_id, id: handoff_id });
  }

  withdraw(handoff: Handoff): Promise<unknown> {
    return this.post(`/sessions/${handoff.session_id}/handoffs/${handoff.id}/withdraw`, {});
  }

  resolve({ id, epoch }: Session, resolution: string): Promise<Session> {
    return this.post<Session>(`/sessions/${id}/resolve`, { resolution, epoch });
  }

  reopen({ id, epoch }: Session, reason: string): Promise<Session> {
    return this.post<Session>(`/sessions/${id}/reopen`, { reason, epoch });
  }

  session(id: string): Promise<Session> {
    return this.call<Session>("GET", `/sessions/${id}`);
  }

  handoff({ session_id, id }: Handoff): Promise<Handoff> {
    return this.call<Handoff>("GET", `/sessions/${session_id}/handoffs/${id}`);
  }

  /** Waits until neither the assessment nor the ticket note of a handoff is pending. */
  async settled(handoff: Handoff): Promise<Handoff> {
    const isPending = ({ assessment_status, ticket_notes, snapshot }: Handoff) =>
      assessment_status === "pending" || ticket_notes.status === "pending" || (snapshot.psa_ticket_id && ticket_notes.status === "none");
    let now = handoff;
    await this.untilTrue(async () => !isPending((now = await this.handoff(handoff))));
    return now;
  }

  async untilTrue(look: () => Promise<boolean>): Promise<void> {
    while (!(await look())) await new Promise((done) => setTimeout(done, 250));
  }

  private post<Answer>(path: string, body: object): Promise<Answer> {
    return this.call<Answer>("POST", path, JSON.stringify(body));
  }

  private async call<Answer>(method: string, path: string, body?: string): Promise<Answer> {
    const headers = { Authorization: `Bearer ${await this.token()}`, "Content-Type": "application/json" };
    const response = await fetch(this.stack.api_url + path, { method, headers, ...(body && { body }) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  private token(): Promise<string> {
    const known = tokens.get(this.handle) ?? signIn(this.stack, this.handle);
    tokens.set(this.handle, known);
    return known;
  }
}

/** Signs in by the password flow, which the local app client allows. */
async function signIn(stack: Stack, handle: string): Promise<string> {
  const user = userOf(stack, handle);
  const response = await fetch(stack.endpoint_url, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
    },
    body: JSON.stringify({
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: stack.client_id,
      AuthParameters: { USERNAME: user.email, PASSWORD: user.password },
    }),
  });
  const answer = (await response.json()) as { AuthenticationResult: { IdToken: string } };
  return answer.AuthenticationResult.IdToken;
}

export function userOf(stack: Stack, handle: string) {
  const user = stack.users.find(({ email }) => email.startsWith(`${handle}@`));
  if (!user) throw new Error(`no user with the handle ${handle}`);
  return user;
}

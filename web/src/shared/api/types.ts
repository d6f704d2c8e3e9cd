import type { paths } from "./schema";

/** The API's types, derived from the routes of the generated schema. */
type Json<Response> = Response extends { content: { "application/json": infer Body } } ? Body : never;
type Answer<Route extends { responses: unknown }, Status extends keyof Route["responses"]> = Json<
  Route["responses"][Status]
>;
type Ask<Route> = Route extends { requestBody?: { content: { "application/json": infer Body } } } ? Body : never;
type HandoffRoute = "/sessions/{session_id}/handoffs/{handoff_id}";

export type Me = Answer<paths["/me"]["get"], 200>;
export type Role = Me["role"];
export type Session = Answer<paths["/sessions/{session_id}"]["get"], 200>;
export type TicketFacts = NonNullable<Session["psa_ticket"]>;
export type SessionItem = Answer<paths["/sessions"]["get"], 200>["items"][number];
export type SessionStatus = Session["status"];
export type Person = Session["owner"];
export type Turn = Answer<paths["/sessions/{session_id}/turns"]["get"], 200>["items"][number];
export type Message = Extract<Turn, { kind: "message" }>;
export type Step = Extract<Turn, { kind: "step" }>;
export type StepOutcome = Step["outcome"];
export type Evidence = Step["evidence"];
export type Handoff = Answer<paths[HandoffRoute]["get"], 200>;
export type TicketNotes = Handoff["ticket_notes"];
export type Priority = Handoff["priority"];
export type Assessment = NonNullable<Handoff["ai_assessment_data"]>;
export type Receipt = Answer<paths[`${HandoffRoute}/claim`]["post"], 200>;
export type QueueItem = Answer<paths["/escalations"]["get"], 200>["items"][number];
export type Notification = Answer<paths["/notifications"]["get"], 200>["items"][number];
export type HandoffEvent = Answer<paths["/feed"]["get"], 200>["items"][number];
export type SecretSpan = Answer<paths["/redaction/preview"]["post"], 200>["spans"][number];
export type NewSession = Ask<paths["/sessions"]["post"]>;
export type HandOff = Ask<paths["/sessions/{session_id}/handoff"]["post"]>;
export type Resolution = Ask<paths["/sessions/{session_id}/resolve"]["post"]>;
export type Verdict = NonNullable<Resolution["assessment_verdict"]>;
export type Integration = Answer<paths["/integrations/{integration_id}"]["get"], 200>;
export type TicketSystem = Answer<paths["/ticket-systems"]["get"], 200>["items"][number];
export type PsaKind = Integration["settings"]["kind"];
export type IntegrationChange = Ask<paths["/integrations/{integration_id}"]["put"]>;
export type ConnectionCheck = Answer<paths["/integrations/{integration_id}/test"]["post"], 200>;

import { Policies } from "./policies.ts";
import { Rotas } from "./rotas.ts";

/** What an account sets for its clock: its policy and its rotas. */
export class ClockSettings {
  readonly policies = new Policies();
  readonly rotas: Rotas;

  constructor(now: () => string) {
    this.rotas = new Rotas(now);
  }
}

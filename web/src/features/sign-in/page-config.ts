/** What differs between the places this page is served from; loaded from `/config.json` before anything else. */
export interface PageConfig {
  /** The issuer of the tokens, exactly as their `iss` has it. */
  authority: string;
  client_id: string;
  /** Where the API is, as a path on this origin or a whole address. */
  api_base: string;
  /** The provider's endpoints. With them no discovery is needed, and they need not lie below the issuer. */
  metadata?: {
    issuer: string;
    authorization_endpoint: string;
    token_endpoint: string;
    end_session_endpoint?: string;
    jwks_uri?: string;
  };
}

export async function loadPageConfig(): Promise<PageConfig> {
  const response = await fetch("/config.json", { cache: "no-cache" });
  if (!response.ok) throw new Error(`config.json: the server answered ${response.status}`);
  const config = (await response.json()) as Partial<PageConfig>;
  if (!config.authority || !config.client_id) throw new Error("config.json names no authority or no client_id");
  return { api_base: "/api", ...config, authority: config.authority, client_id: config.client_id };
}

/** Settings of a deployment, loaded from `/config.json` before anything else. */
export interface PageConfig {
  /** The issuer, exactly as in the tokens' `iss`. */
  authority: string;
  client_id: string;
  /** The API's base URL, or a path on this origin. */
  api_base: string;
  /** The provider's endpoints, which replace OIDC discovery. They need not be below the issuer. */
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

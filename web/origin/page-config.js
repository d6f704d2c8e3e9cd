/**
 * The page's configuration for a stack on the emulator: tokens carry Cognito's address on AWS as their issuer, while
 * the endpoints are the emulator's.
 *
 * @param {{issuer: string, client_id: string, endpoint_url: string, jwks_url: string}} stack
 */
export function pageConfigOf(stack) {
  return {
    authority: stack.issuer,
    client_id: stack.client_id,
    api_base: "/api",
    metadata: {
      issuer: stack.issuer,
      authorization_endpoint: `${stack.endpoint_url}/oauth2/authorize`,
      token_endpoint: `${stack.endpoint_url}/oauth2/token`,
      end_session_endpoint: `${stack.endpoint_url}/logout`,
      jwks_uri: stack.jwks_url,
    },
  };
}

import type { paths } from "./schema";

/** Not every deployment has sockets. Where there are none this answers 404, and the page polls. */
export interface LiveRoutes {
  "/live/tickets": {
    parameters: paths["/me"]["parameters"];
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: { "application/json": { url: string; expires_at: string } } };
      };
    };
  };
}

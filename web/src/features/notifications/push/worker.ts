/** Where the service worker is that shows push messages. */
export const WORKER = "/service-worker.js";

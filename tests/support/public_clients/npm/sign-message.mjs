// Sign a message with the Standard Webhooks library for JavaScript: secret, id, unix seconds and body from the environment.
import { Webhook } from "standardwebhooks";

const { SECRET, ID, AT, BODY } = process.env;
const signature = new Webhook(SECRET).sign(ID, new Date(Number(AT) * 1000), BODY);
console.log(JSON.stringify({ signature }));

// Read a mail, in base64 from the environment, as the library postal-mime does.
import PostalMime from "postal-mime";

const mail = await PostalMime.parse(Buffer.from(process.env.MAIL, "base64"));
const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
console.log(JSON.stringify({ subject: mail.subject, to: mail.to, text: mail.text, html: mail.html, headers }));

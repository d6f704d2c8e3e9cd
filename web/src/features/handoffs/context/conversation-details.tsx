import type { Message } from "@/shared/api/types";
import { Prose } from "@/shared/ui/prose";
import { UserText } from "@/shared/ui/user-text";

import classes from "./conversation-details.module.css";

/** The conversation with the assistant, collapsed. */
export function ConversationDetails({ messages }: { messages: Message[] }) {
  if (messages.length === 0) return null;
  return (
    <details className={classes.details}>
      <summary className={classes.summary}>
        Conversation with the assistant, {messages.length === 1 ? "1 message" : `${messages.length} messages`}
      </summary>
      <ol className={classes.messages}>
        {messages.map((message) => (
          <li key={message.seq}>
            <UserText className={classes.author}>{message.author.name}</UserText>
            {message.author.kind === "assistant" ? (
              <Prose>{message.text}</Prose>
            ) : (
              <UserText lines>{message.text}</UserText>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}

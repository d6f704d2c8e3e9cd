import { IconMessageChatbot, IconTicket } from "@tabler/icons-react";

import type { Message } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { Initials } from "@/shared/ui/initials";
import { Prose } from "@/shared/ui/prose";
import { UserText } from "@/shared/ui/user-text";

import classes from "./turn.module.css";

/** A message of a person, the assistant or the ticket system. */
export function MessageTurn({ message }: { message: Message }) {
  const { author } = message;
  return (
    <article className={classes.message} data-author={author.kind}>
      <span className={classes.gutter}>
        <AuthorMark kind={author.kind} name={author.name} />
      </span>
      <div className={classes.body}>
        <header className={classes.head}>
          <UserText className={classes.author}>{author.name}</UserText>
          {author.kind === "psa" && <span>from the ticket</span>}
          <Age at={message.created_at} />
          {message.edited_at && <span>edited</span>}
        </header>
        {author.kind === "assistant" ? <Prose>{message.text}</Prose> : <UserText lines>{message.text}</UserText>}
      </div>
    </article>
  );
}

function AuthorMark({ kind, name }: { kind: Message["author"]["kind"]; name: string }) {
  if (kind === "engineer") return <Initials name={name} />;
  const Icon = kind === "assistant" ? IconMessageChatbot : IconTicket;
  return <Icon size={22} stroke={1.5} aria-hidden="true" className={classes.machine} />;
}

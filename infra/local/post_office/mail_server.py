"""Receives e-mails by SMTP (RFC 5321), as much of it as a relay in front of it speaks."""

import socketserver
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import partial
from typing import Any

from infra.local.post_office.faults import DeliveryFault
from infra.local.post_office.mail_events import MAIL_EVENTS
from infra.local.post_office.mailbox import Mailbox, PostedMessage

EMAIL = "email"
LARGEST_MAIL = 1024 * 1024


class MailServer(socketserver.ThreadingTCPServer):
    """The server; what it receives is in the mailbox that the rest of the post office shows."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mailbox: Mailbox, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__((host, port), partial(_Conversation, mailbox))

    @property
    def port(self) -> int:
        """The port that it listens at."""
        return int(self.server_address[1])


def _meets(to: str, fault: DeliveryFault) -> bool:
    return fault.kind in MAIL_EVENTS and fault.meets(EMAIL, to)


def posted(raw: bytes, to: str) -> PostedMessage:
    """Return a mail as its reader would see it."""
    mail = message_from_bytes(raw, _class=EmailMessage, policy=default)
    headers = {name: str(value) for name, value in mail.items()}
    return PostedMessage(EMAIL, to, str(mail["Subject"]), _body(mail, "plain") or "", _body(mail, "html"), headers)


def _body(mail: EmailMessage, kind: str) -> str | None:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part else None


class _Conversation(socketserver.StreamRequestHandler):
    """One connection: commands, each a line, and after DATA a message up to a line with a dot alone."""

    timeout = 30

    def __init__(self, mailbox: Mailbox, *connection: Any) -> None:
        self._mailbox = mailbox
        self._to: list[str] = []
        super().__init__(*connection)  # this holds the whole conversation

    def handle(self) -> None:
        self._say("220 post office")
        while line := self.rfile.readline(1000):
            command = line.decode("ascii", "replace").strip()
            match command[:4].upper():
                case "QUIT":
                    self._say("221 bye")
                    return
                case "RCPT":
                    self._to.append(command.partition("<")[2].partition(">")[0])
                    self._say("250 ok")
                case "DATA":
                    self._say("354 go on")
                    self._deliver(b"".join(self._lines()))
                    self._say("250 taken")
                case "EHLO" | "HELO" | "MAIL" | "RSET" | "NOOP":
                    self._say("250 ok")
                case _:
                    self._say("502 not known here")

    def _lines(self) -> Iterator[bytes]:
        size = 0
        while (line := self.rfile.readline()) and line.rstrip(b"\r\n") != b"." and size < LARGEST_MAIL:
            size += len(line)
            yield line.removeprefix(b".") if line.startswith(b"..") else line

    def _deliver(self, raw: bytes) -> None:
        for to in self._to:
            message = posted(raw, to)
            self._mailbox.messages.append(message)
            if fault := self._mailbox.faults.take(partial(_meets, to)):
                self._mailbox.says_later(fault.kind, to, message.headers.get("Message-ID", "").strip("<>"))
        self._to.clear()

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())

"""One connection to the post office: a message for a receiver, or a call to the post office itself."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from infra.local.fake_http import Answer, BadRequest, FakeConversation, Request, checked
from infra.local.post_office import sending_api
from infra.local.post_office.faults import DeliveryFault
from infra.local.post_office.mail_events import MAIL_EVENTS
from infra.local.post_office.mailbox import Mailbox, PostedMessage
from infra.local.post_office.page import page
from infra.local.post_office.push_service import PUSH, receive_push, subscribe, unsubscribe
from infra.local.post_office.receivers import SLACK, TEAMS, WEBHOOK, receive_slack, receive_teams, receive_webhook

_ACCEPTED = {
    WEBHOOK: Answer(204, b""),
    SLACK: Answer(200, b"ok", {"content-type": "text/html"}),
    TEAMS: Answer(202, b""),
    PUSH: Answer(201, b"", {"location": "/push/message"}),
}
"""How each receiver accepts a message."""


class ReceiverOrder(BaseModel):
    """A receiver of webhooks, which takes what any of these secrets has signed."""

    model_config = ConfigDict(extra="forbid", strict=True)

    secrets: Annotated[list[str], Field(min_length=1, max_length=10)]


class PostOfficeConversation(FakeConversation):
    """Answers as the receivers do, unless a fault is switched on."""

    def __init__(self, mailbox: Mailbox, *connection: Any) -> None:
        self._mailbox = mailbox
        super().__init__(*connection)  # this holds the whole conversation

    def respond(self, request: Request) -> None:
        """Take a message, or answer a call."""
        match [request.method, *request.parts]:
            case ["POST", kind, name] if kind in _ACCEPTED and (kind, name) != (PUSH, "subscriptions"):
                self._deliver(kind, name, request)
            case ["POST", sending_api.AWS, _, *_]:
                self._send_by_aws(request)
            case _:
                self.send(_answer(self._mailbox, request))

    def log_message(self, format: str, *told: Any) -> None:
        """Keep quiet."""

    def _deliver(self, kind: str, name: str, request: Request) -> None:
        fault = self._fault_for(kind, f"{kind}/{name}")
        self._answer_with(fault, lambda: _take(self._mailbox, kind, name, request), DeliveryFault.answer_instead)

    def _send_by_aws(self, request: Request) -> None:
        sent = sending_api.sent_by(request)
        fault = self._fault_for(*sent) if sent else None
        accept = partial(sending_api.hand_on, request, self._mailbox.emulator_url)
        self._answer_with(fault, accept, partial(sending_api.refusal, request))

    def _fault_for(self, kind: str, to: str) -> DeliveryFault | None:
        return self._mailbox.faults.take(lambda one: one.kind not in MAIL_EVENTS and one.meets(kind, to))

    def _answer_with(
        self, fault: DeliveryFault | None, accept: Callable[[], Answer], refuse: Callable[[DeliveryFault], Answer]
    ) -> None:
        if fault and fault.kind == "slow":
            self.server.stopping.wait(fault.delay_s)
        elif fault and fault.kind == "drop":
            self.close_connection = True
            return
        elif fault and fault.kind != "drop_after_accept":
            self.send(refuse(fault))
            return
        answer = accept()
        if fault and fault.kind == "drop_after_accept":
            self.close_connection = True
            return
        self.send(answer)


def _take(mailbox: Mailbox, kind: str, name: str, request: Request) -> Answer:
    try:
        mailbox.messages.append(_received(mailbox, kind, name, request))
    except BadRequest as refused:
        mailbox.refused.append(f"{kind}/{name}: {refused}")
        raise
    return _ACCEPTED[kind]


def _received(mailbox: Mailbox, kind: str, name: str, request: Request) -> PostedMessage:
    if kind == SLACK:
        return receive_slack(name, request)
    if kind == PUSH:
        return receive_push(mailbox, name, request)
    return receive_teams(name, request) if kind == TEAMS else receive_webhook(mailbox, name, request)


def _answer(mailbox: Mailbox, request: Request) -> Answer:
    match [request.method, *request.parts]:
        case ["GET"]:
            mailbox.collect()
            content = page(list(mailbox.messages), list(mailbox.refused), mailbox.faults.current)
            return Answer(200, content.encode(), {"content-type": "text/html; charset=utf-8"})
        case ["GET", "health"]:
            return Answer.of_json(200, {"status": "ok"})
        case ["GET", "messages"]:
            return Answer.of_json(200, mailbox.since(request.query.get("since", "")))
        case ["POST" | "DELETE", "faults"]:
            return mailbox.faults.serve(request)
        case ["POST", "page", "fault"]:
            _press(mailbox, request.form.get("kind", ""))
            return Answer(303, b"", {"location": "/"})
    return _set_up(mailbox, request)


def _set_up(mailbox: Mailbox, request: Request) -> Answer:
    match [request.method, *request.parts]:
        case ["PUT", "receivers", name]:
            mailbox.secrets[name] = request.as_a(ReceiverOrder).secrets
            return Answer.of_json(200, {"receiver": name})
        case ["POST", "push", "subscriptions"]:
            return Answer.of_json(201, subscribe(mailbox, request))
        case ["DELETE", "push", "subscriptions", name]:
            unsubscribe(mailbox, name)
            return Answer(204, b"")
    raise BadRequest("Not found", 404)


def _press(mailbox: Mailbox, kind: str) -> None:
    """A button of the page."""
    if kind:
        mailbox.faults.switch_on(checked(DeliveryFault, {"kind": kind}))
    else:
        mailbox.faults.switch_off()

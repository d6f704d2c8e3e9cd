from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.display_text import one_line
from chalicelib.domain.psa import PsaTicket
from chalicelib.domain.ticket_facts import (
    TicketClient,
    TicketFacts,
    TicketUpdate,
    assigned_session_id,
    required_update,
    update_when_resolved,
)
from tests.support.builders import START, minute
from tests.support.strategies import TEXTS

TIMES = st.integers(-50, 50).map(lambda count: START + timedelta(minutes=count))
MAYBE = st.none() | st.text(max_size=300)
TICKETS = st.builds(
    PsaTicket,
    id=st.just("1"),
    number=st.just("1"),
    title=st.text(max_size=300),
    status_id=TEXTS,
    status_name=MAYBE,
    is_closed=st.booleans(),
    client=MAYBE,
    contact=MAYBE,
    priority=MAYBE,
    owner_id=MAYBE,
    owner_name=MAYBE,
    updated_at=st.none() | TIMES,
    owner_email=MAYBE,
    url=MAYBE,
)
FACTS = st.builds(lambda ticket: TicketFacts.of(ticket, read_at=minute(60)), TICKETS)


def update(known: TicketFacts | None, facts: TicketFacts, opened_at: datetime = START) -> TicketUpdate:
    return required_update(known, facts, opened_at=opened_at)


@given(st.none() | FACTS, FACTS)
def test_ticket_update_is_applied_once(known: TicketFacts | None, facts: TicketFacts) -> None:
    done = update(known, facts)

    if done in (TicketUpdate.TELL, TicketUpdate.REFRESH):
        assert update(facts, facts) is TicketUpdate.NOTHING


@given(st.none() | FACTS, FACTS)
def test_turn_always_has_something_to_tell(known: TicketFacts | None, facts: TicketFacts) -> None:
    if update(known, facts) is TicketUpdate.TELL:
        assert facts.changes_since(known)


@given(FACTS, FACTS)
def test_older_facts_mean_nothing(known: TicketFacts, facts: TicketFacts) -> None:
    if facts.is_older_than(known):
        assert update(known, facts) is TicketUpdate.NOTHING


@given(st.none() | FACTS, FACTS)
def test_session_that_is_over_stays_over(known: TicketFacts | None, facts: TicketFacts) -> None:
    quiet = (TicketUpdate.NOTHING, TicketUpdate.REFRESH, TicketUpdate.TELL_REOPENED)
    assert update_when_resolved(known, facts) in quiet


@given(st.none() | FACTS, FACTS, st.booleans(), st.booleans())
def test_reopened_ticket_is_told_once(
    known: TicketFacts | None,
    facts: TicketFacts,
    is_assumed: bool,  # noqa: FBT001  given by Hypothesis
    is_ours: bool,  # noqa: FBT001
) -> None:
    done = update_when_resolved(known, facts, is_assumed=is_assumed, is_ours=is_ours)

    if done is TicketUpdate.TELL_REOPENED:
        assert known is not None
        assert (known.is_closed, facts.is_closed, is_assumed, is_ours) == (True, False, False, False)
    if done is not TicketUpdate.NOTHING:
        assert update_when_resolved(facts, facts) is TicketUpdate.NOTHING


@given(FACTS, FACTS)
def test_older_facts_reopen_nothing(known: TicketFacts, facts: TicketFacts) -> None:
    if facts.is_older_than(known):
        assert update_when_resolved(known, facts) is TicketUpdate.NOTHING


@given(st.none() | FACTS, FACTS)
def test_open_ticket_does_not_end_a_session(known: TicketFacts | None, facts: TicketFacts) -> None:
    if update(known, facts) is TicketUpdate.CLOSE:
        assert facts.is_closed
        assert not (known and known.is_closed)


@given(FACTS)
def test_facts_can_be_stored_and_shown(facts: TicketFacts) -> None:
    client, contact = facts.client or TicketClient(id=None, name=""), facts.contact
    of_contact = [contact.name, contact.phone, contact.email] if contact else []
    texts = [facts.title, facts.status, facts.priority, facts.owner, client.name, client.id, *of_contact]

    assert all(text is None or (len(text) <= 200 and text == one_line(text)) for text in texts)
    assert TicketFacts.model_validate_json(facts.model_dump_json()) == facts


def test_assignment_has_one_id_and_every_other_has_another() -> None:
    given = [("acme", "psa", "4711", "sub-joe", 0), ("acme", "psa", "4711", "sub-joe", 1)]
    given += [("acme", "psa", "4711", "sub-sam", 0), ("acme", "psa", "4712", "sub-joe", 0)]
    given += [("acme", "other", "4711", "sub-joe", 0), ("globex", "psa", "4711", "sub-joe", 0)]

    ids = [assigned_session_id(*assignment) for assignment in given * 2]

    assert (len(set(ids)), ids[:6]) == (6, ids[6:])

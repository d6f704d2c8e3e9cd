"""Calls to the sandbox's three systems that they would not understand: refused, and nothing kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.local.psa_sandbox import PsaSandbox, autotask, connectwise, halopsa
from tests.support.servers.fakes import Fake

AUTOTASK = {
    "username": autotask.USER_NAME,
    "secret": autotask.SECRETS["api_secret"],
    "apiintegrationcode": autotask.SECRETS["api_integration_code"],
}
CONNECTWISE = {"authorization": connectwise._LOGIN, "clientid": connectwise.CLIENT_ID}
HALO = {"authorization": f"Bearer {halopsa.TOKEN}"}
CW_TICKET = "/connectwise/v4_6_release/apis/3.0/service/tickets/48213"
AT = "/autotask/atservicesrest/v1.0"
HALO_API = "/halopsa/api"

ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["New", "Closed", "4", "slow"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)

CALLS: list[tuple[str, str, object, dict[str, str]]] = [
    ("PATCH", CW_TICKET, {"status": 305}, CONNECTWISE),
    ("PATCH", CW_TICKET, ["status"], CONNECTWISE),
    ("PATCH", CW_TICKET, [{"op": "replace", "path": "status"}], CONNECTWISE),
    ("PATCH", CW_TICKET, [{"op": "replace", "path": "status", "value": 305}], CONNECTWISE),
    ("PATCH", CW_TICKET, [{"op": "replace", "path": "status", "value": {"id": [305]}}], CONNECTWISE),
    ("PATCH", CW_TICKET, [{"op": "replace", "path": "board", "value": {"id": 1}}], CONNECTWISE),
    ("PATCH", CW_TICKET, [{"op": "replace", "path": "customFields", "value": 7}], CONNECTWISE),
    (
        "PATCH",
        CW_TICKET,
        [
            {"op": "replace", "path": "status", "value": {"id": 310}},
            {"op": "replace", "path": "owner", "value": {"id": 4711}},
        ],
        CONNECTWISE,
    ),
    ("PATCH", CW_TICKET, [{"op": "replace", "path": "owner", "value": {"identifier": "nobody"}}], CONNECTWISE),
    ("PATCH", CW_TICKET, [{"op": "replace", "path": "owner", "value": {"identifier": 7}}], CONNECTWISE),
    ("POST", f"{CW_TICKET}/notes", ["text"], CONNECTWISE),
    ("POST", f"{CW_TICKET}/notes", {"text": 7}, CONNECTWISE),
    ("POST", f"{CW_TICKET}/notes", b'{"text": "\\ud800"}', CONNECTWISE),
    ("GET", f"{CW_TICKET}/notes?pageSize=many", b"", CONNECTWISE),
    ("GET", f"{CW_TICKET}/notes?page=-1", b"", CONNECTWISE),
    ("POST", f"{AT}/tickets/query", {}, AUTOTASK),
    ("POST", f"{AT}/tickets/query", {"filter": ["id"]}, AUTOTASK),
    ("POST", f"{AT}/tickets/query", {"filter": [{"op": "eq", "field": "color", "value": 1}]}, AUTOTASK),
    ("POST", f"{AT}/tickets/query", {"filter": [{"op": "like", "field": "id", "value": 1}]}, AUTOTASK),
    ("POST", f"{AT}/tickets/query", {"filter": [{"op": "gt", "field": "id", "value": "many"}]}, AUTOTASK),
    ("POST", f"{AT}/tickets/query", {"filter": [], "MaxRecords": "all"}, AUTOTASK),
    ("POST", f"{AT}/tickets/query?paging=x", {"filter": []}, AUTOTASK),
    ("POST", f"{AT}/tickets/128926/notes", ["title"], AUTOTASK),
    ("POST", f"{AT}/tickets/128926/notes", {"title": ["x"], "description": "y", "publish": 2, "noteType": 1}, AUTOTASK),
    ("POST", f"{AT}/tickets/128926/notes", {"title": "x", "description": "y", "publish": [2], "noteType": 1}, AUTOTASK),
    ("PATCH", f"{AT}/tickets", [], AUTOTASK),
    ("PATCH", f"{AT}/tickets", {"id": 128926, "status": [5]}, AUTOTASK),
    ("PATCH", f"{AT}/tickets", {"id": 128926, "status": True}, AUTOTASK),
    ("PATCH", f"{AT}/tickets", {"id": 128926, "status": 5, "priority": 4}, AUTOTASK),
    (
        "PATCH",
        f"{AT}/tickets",
        {"id": 128926, "status": 5, "assignedResourceID": [14], "assignedResourceRoleID": 29683436},
        AUTOTASK,
    ),
    ("POST", f"{HALO_API}/tickets", [], HALO),
    ("POST", f"{HALO_API}/tickets", ["x"], HALO),
    ("POST", f"{HALO_API}/tickets", [{"id": 2818, "status_id": [9]}], HALO),
    ("POST", f"{HALO_API}/tickets", [{"id": 2818, "status_id": 9, "agent_id": "nobody"}], HALO),
    ("POST", f"{HALO_API}/tickets", [{"id": 2818, "status_id": 9, "agent_id": 4711}], HALO),
    ("POST", f"{HALO_API}/tickets", [{"id": 2818, "status_id": 9, "priority_id": 4}], HALO),
    ("POST", f"{HALO_API}/actions", [{"ticket_id": 2818, "outcome_id": 1}], HALO),
    ("POST", f"{HALO_API}/actions", [{"ticket_id": 2818, "outcome_id": 1, "note_html": 7}], HALO),
    ("POST", f"{HALO_API}/actions", b"{", HALO),
    ("GET", f"{HALO_API}/actions?ticket_id=2818&page_size=x", b"", HALO),
    ("GET", f"{HALO_API}/agent/" + "9" * 5000, b"", HALO),
    ("POST", "/halopsa/auth/token?tenant=northwind", b"client_id=\xff", {}),
]


@pytest.mark.parametrize(("method", "path", "body", "headers"), CALLS)
def test_psa_sandbox_refuses_a_call_that_the_system_would_not_understand(
    psa: Fake, method: str, path: str, body: object, headers: dict[str, str]
) -> None:
    before = psa.kept()

    answer = psa.send(method, path, body, headers)

    is_autotasks = answer.status_code == 500 and "errors" in answer.json()
    assert is_autotasks or answer.status_code in {400, 404}, answer.text
    assert psa.kept() == before


@given(body=ANY_JSON)
@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("POST", "/faults", {}),
        ("PUT", "/hooks/halopsa", {}),
        ("POST", "/tickets/halopsa/2818", {}),
        ("PATCH", CW_TICKET, CONNECTWISE),
        ("POST", f"{AT}/tickets/query", AUTOTASK),
        ("PATCH", f"{AT}/tickets", AUTOTASK),
        ("POST", f"{HALO_API}/tickets", HALO),
    ],
)
def test_psa_sandbox_answers_any_json(
    serving_psa: tuple[Fake, PsaSandbox], method: str, path: str, headers: dict[str, str], body: object
) -> None:
    fake, server = serving_psa

    answer = fake.send(method, path, body, headers)

    server.sandbox.faults.switch_off()
    assert answer.status_code < 500 or "errors" in answer.json()
    assert fake.kept()

import re
from typing import Any

import pytest

from tests.unit.infra.functions import FUNCTIONS

Template = dict[str, Any]

#: What chalicelib/settings.py, Powertools and zoneinfo read. ANTHROPIC_API_KEY is missing on purpose: it is a secret.
VARIABLES = {
    "STAGE",
    "APP_VERSION",
    "LOG_LEVEL",
    "TABLE_PREFIX",
    "EVENTS_TOPIC_ARN",
    "OIDC_ISSUER",
    "OIDC_AUDIENCE",
    "OIDC_JWKS_URL",
    "AI_PROVIDER",
    "AI_MODEL",
    "AI_BASE_URL",
    "AI_KEY_SECRET_ARN",
    "LIVE_URL",
    "LIVE_CALLBACK_URL",
    "PSA_DELIVERIES_QUEUE_URL",
    "PSA_PUSHES_QUEUE_URL",
    "INTEGRATION_SECRETS_PREFIX",
    "NOTIFICATIONS_QUEUE_URL",
    "DUE_HANDOFFS_QUEUE_URL",
    "CHANNEL_SECRETS_PREFIX",
    "PUSH_PUBLIC_KEY",
    "EMAIL_SENDER",
    "SENDS_SMS",
    "PYTHONTZPATH",
    "POWERTOOLS_SERVICE_NAME",
    "POWERTOOLS_METRICS_NAMESPACE",
}


def test_every_resource_has_a_type_so_the_merge_made_no_orphan(resources: Template) -> None:
    orphans = [name for name, resource in resources.items() if "Type" not in resource]

    assert orphans == []


def test_functions_are_exactly_those_of_the_design(resources: Template) -> None:
    functions = {name for name, resource in resources.items() if resource["Type"] == "AWS::Serverless::Function"}

    assert functions == set(FUNCTIONS)


@pytest.mark.parametrize(
    ("name", "handler"),
    [
        ("APIHandler", "app.app"),
        ("Enrich", "chalicelib.entry.streams.enrich"),
        ("Announce", "chalicelib.entry.streams.announce"),
        ("AnnounceSession", "chalicelib.entry.streams.announce_session"),
        ("RunClock", "chalicelib.entry.schedules.run_clock"),
        ("DealWithDue", "chalicelib.entry.due_handoffs.deal_with_due"),
        ("PushToPsa", "chalicelib.entry.psa_pushes.push_to_psa"),
        ("MarkNotesFailed", "chalicelib.entry.psa_pushes.mark_notes_failed"),
        ("HandleDelivery", "chalicelib.entry.psa_deliveries.handle_delivery"),
        ("Reconcile", "chalicelib.entry.schedules.reconcile"),
        ("CheckReadiness", "chalicelib.entry.schedules.check_readiness"),
        ("Notify", "chalicelib.entry.notification_queue.notify"),
        ("PushLive", "chalicelib.entry.sockets.push_live"),
        ("WebsocketConnect", "chalicelib.entry.sockets.connect"),
        ("WebsocketMessage", "chalicelib.entry.sockets.ping"),
        ("WebsocketDisconnect", "chalicelib.entry.sockets.disconnect"),
    ],
)
def test_function_starts_at_its_handler(resources: Template, name: str, handler: str) -> None:
    assert resources[name]["Properties"]["Handler"] == handler


@pytest.mark.parametrize(
    ("name", "memory_mb", "timeout_s"),
    [
        ("APIHandler", 1024, 29),
        ("Enrich", 1024, 120),
        ("Announce", 512, 60),
        ("AnnounceSession", 512, 60),
        ("RunClock", 512, 60),
        ("DealWithDue", 1769, 60),
        ("PushToPsa", 512, 120),
        ("MarkNotesFailed", 512, 60),
        ("HandleDelivery", 512, 180),
        ("Reconcile", 512, 300),
        ("CheckReadiness", 512, 300),
        ("Notify", 512, 60),
        ("PushLive", 512, 60),
        ("WebsocketConnect", 512, 10),
        ("WebsocketMessage", 512, 10),
        ("WebsocketDisconnect", 512, 10),
    ],
)
def test_function_has_the_memory_and_time_it_needs(
    resources: Template, name: str, memory_mb: int, timeout_s: int
) -> None:
    function = resources[name]["Properties"]

    assert (function["MemorySize"], function["Timeout"]) == (memory_mb, timeout_s)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_function_is_traced(resources: Template, name: str) -> None:
    assert resources[name]["Properties"]["Tracing"] == "Active"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_function_writes_to_a_log_that_forgets(resources: Template, name: str) -> None:
    log = resources[resources[name]["Properties"]["LoggingConfig"]["LogGroup"]["Ref"]]

    assert log["Properties"]["RetentionInDays"] > 0


@pytest.mark.parametrize("name", FUNCTIONS)
def test_log_is_named_after_its_function(resources: Template, name: str) -> None:
    function = resources[name]["Properties"]
    log = resources[function["LoggingConfig"]["LogGroup"]["Ref"]]

    assert log["Properties"]["LogGroupName"] == {"Fn::Sub": f"/aws/lambda/{function['FunctionName']['Fn::Sub']}"}


def test_environment_has_what_the_settings_read_and_no_secret(template: Template) -> None:
    assert set(template["Globals"]["Function"]["Environment"]["Variables"]) == VARIABLES


def test_template_holds_no_value_that_looks_like_a_key(template: Template) -> None:
    assert re.findall(r"sk-ant-|AKIA[0-9A-Z]{16}|-----BEGIN", str(template)) == []


@pytest.mark.parametrize(
    ("name", "rate"),
    [
        ("RunClock", "rate(1 minute)"),
        ("Reconcile", "rate(10 minutes)"),
        ("CheckReadiness", "cron(0 6 * * ? *)"),
    ],
)
def test_scheduled_functions_run_as_often_as_promised(resources: Template, name: str, rate: str) -> None:
    events = resources[name]["Properties"]["Events"].values()

    assert [event["Properties"]["Schedule"] for event in events] == [rate]

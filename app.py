"""The door plate: which blueprints make up FlowPilot."""

import gc

gc.disable()  # nothing of an import is garbage: to look for some was a twentieth of a cold start

from chalice.app import Chalice

from chalicelib.entry.documentation import documentation
from chalicelib.entry.handoffs import handoffs
from chalicelib.entry.integrations import integrations
from chalicelib.entry.live import live
from chalicelib.entry.meta import meta
from chalicelib.entry.people import people
from chalicelib.entry.redaction import redaction
from chalicelib.entry.schedules import reconciliation, schedules
from chalicelib.entry.sessions import sessions
from chalicelib.entry.snapstart import prepare_for_snapshots
from chalicelib.entry.streams import streams
from chalicelib.entry.ticket_notes import psa
from chalicelib.entry.webhooks import deliveries, webhooks

app = Chalice(app_name="flowpilot", configure_logs=False)  # the logger of that name is ours, see chalicelib/log.py
app.experimental_feature_flags.add("WEBSOCKETS")
for blueprint in (
    meta,
    people,
    sessions,
    handoffs,
    documentation,
    redaction,
    integrations,
    webhooks,
    live,
    streams,
    psa,
    deliveries,
    schedules,
    reconciliation,
):
    app.register_blueprint(blueprint)

prepare_for_snapshots()

gc.freeze()  # what was imported stays, and need not be looked at again
gc.enable()

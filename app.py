"""The Lambda application: registers the blueprints of `chalicelib.entry`, nothing else."""

import gc

gc.disable()  # nothing that an import makes is garbage: collecting took a twentieth of a cold start

from chalice.app import Chalice

from chalicelib.entry.assessments import assessments
from chalicelib.entry.channels import channels
from chalicelib.entry.corrections import corrections
from chalicelib.entry.deliveries import deliveries as notification_deliveries
from chalicelib.entry.devices import devices
from chalicelib.entry.documentation import documentation
from chalicelib.entry.due_handoffs import due_handoffs
from chalicelib.entry.handoff_updates import handoff_updates
from chalicelib.entry.handoffs import handoffs
from chalicelib.entry.history import history
from chalicelib.entry.integrations import integrations
from chalicelib.entry.live import live
from chalicelib.entry.meta import meta
from chalicelib.entry.notifications import notifications
from chalicelib.entry.outgoing_webhooks import outgoing_webhooks
from chalicelib.entry.people import people
from chalicelib.entry.phones import phones
from chalicelib.entry.policy import policy
from chalicelib.entry.readiness import readiness
from chalicelib.entry.redaction import redaction
from chalicelib.entry.refresh import refresh
from chalicelib.entry.rotas import rotas
from chalicelib.entry.schedules import readiness_checks, reconciliation, schedules
from chalicelib.entry.sessions import sessions
from chalicelib.entry.snapstart import prepare_for_snapshots
from chalicelib.entry.start import start
from chalicelib.entry.streams import streams
from chalicelib.entry.ticket_notes import ticket_notes
from chalicelib.entry.tickets import tickets
from chalicelib.entry.unsubscribes import unsubscribes
from chalicelib.entry.webhooks import deliveries, webhooks

BLUEPRINTS = (
    meta,
    people,
    devices,
    phones,
    start,
    refresh,
    sessions,
    handoffs,
    handoff_updates,
    history,
    corrections,
    assessments,
    documentation,
    redaction,
    notifications,
    policy,
    rotas,
    integrations,
    tickets,
    webhooks,
    live,
    streams,
    ticket_notes,
    deliveries,
    notification_deliveries,
    outgoing_webhooks,
    channels,
    unsubscribes,
    readiness,
    readiness_checks,
    schedules,
    due_handoffs,
    reconciliation,
)

app = Chalice(app_name="flowpilot", configure_logs=False)  # the logger of that name is ours, see chalicelib/log.py
app.experimental_feature_flags.add("WEBSOCKETS")
for blueprint in BLUEPRINTS:
    app.register_blueprint(blueprint)

prepare_for_snapshots()

gc.freeze()  # what was imported stays, and is never scanned again
gc.enable()

"""The Lambda application: registers what `chalicelib.entry` serves, nothing else."""

import gc

gc.disable()  # nothing that an import makes is garbage: collecting took a twentieth of a cold start

import pynamodb.models  # noqa: F401  which nearly every request needs; its routes are imported by a first request
from chalice.app import Chalice

from chalicelib.entry.due_handoffs import due_handoffs
from chalicelib.entry.notification_queue import notification_queue
from chalicelib.entry.psa_deliveries import psa_deliveries
from chalicelib.entry.psa_pushes import psa_pushes
from chalicelib.entry.routing import register_routes
from chalicelib.entry.schedules import readiness_checks, reconciliation, schedules
from chalicelib.entry.snapstart import prepare_for_snapshots
from chalicelib.entry.sockets import sockets
from chalicelib.entry.streams import streams

FUNCTIONS = (
    streams,
    sockets,
    psa_pushes,
    psa_deliveries,
    notification_queue,
    readiness_checks,
    schedules,
    due_handoffs,
    reconciliation,
)

app = Chalice(app_name="flowpilot", configure_logs=False)  # the logger of that name is ours, see chalicelib/log.py
app.experimental_feature_flags.add("WEBSOCKETS")
register_routes(app)
for functions in FUNCTIONS:
    app.register_blueprint(functions)

prepare_for_snapshots()

gc.freeze()  # what was imported stays, and is never scanned again
gc.enable()

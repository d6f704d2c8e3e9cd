"""The door plate: which blueprints make up FlowPilot."""

from chalice.app import Chalice

from chalicelib.entry.handoffs import handoffs
from chalicelib.entry.meta import meta
from chalicelib.entry.people import people
from chalicelib.entry.schedules import schedules
from chalicelib.entry.sessions import sessions
from chalicelib.entry.streams import streams

app = Chalice(app_name="flowpilot")
for blueprint in (meta, people, sessions, handoffs, streams, schedules):
    app.register_blueprint(blueprint)

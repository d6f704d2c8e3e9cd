"""The route that lists the messages about a handoff."""

from chalicelib.actions.deliveries.list_handoff_deliveries import list_handoff_deliveries
from chalicelib.contracts.channels import DeliveryListView, DeliveryView
from chalicelib.contracts.page_query import PageQuery
from chalicelib.entry.api import Api
from chalicelib.entry.handoffs import HANDOFF
from chalicelib.entry.requests import Call

deliveries = Api("deliveries")


@deliveries.operation("GET", HANDOFF + "/deliveries", takes=PageQuery, answers=DeliveryListView)
def get_deliveries(call: Call[PageQuery], session_id: str, handoff_id: str) -> DeliveryListView:
    """List the messages about a handoff to people and channels, each with its state, newest first."""
    found = list_handoff_deliveries(session_id, handoff_id, call.page, by=call.caller)
    items = [DeliveryView.of(entry, call.at) for entry in found.items]
    return DeliveryListView(items=items, next_cursor=found.next_cursor)

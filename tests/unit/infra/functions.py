"""What the stack's functions are called; every test that goes through all of them reads it here."""

FUNCTIONS = [
    "APIHandler",
    "Enrich",
    "Announce",
    "AnnounceSession",
    "RunClock",
    "DealWithDue",
    "PushToPsa",
    "MarkNotesFailed",
    "HandleDelivery",
    "Reconcile",
    "CheckReadiness",
    "Notify",
    "PushLive",
    "WebsocketConnect",
    "WebsocketMessage",
    "WebsocketDisconnect",
]


def role_of(function: str) -> str:
    """The name that Chalice gives to a function's role."""
    return "ApiHandlerRole" if function == "APIHandler" else f"{function}Role"


def log_group_of(function: str) -> str:
    """The name that Chalice gives to a function's log group."""
    return "ApiHandlerLogGroup" if function == "APIHandler" else f"{function}LogGroup"

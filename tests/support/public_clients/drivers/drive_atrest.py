"""atrest, which reads tickets by GET: read and error."""

from atrest.client import Client
from to_sandbox import TICKET, URL, refusal_of, report


def client(secret: str) -> Client:
    """A client with this secret."""
    place = f"{URL}/autotask/ATServicesRest/V1.0"
    return Client(place, "ABCDEFGHIJKLMNOPQRSTUVWXYZA", "api-user@northwind.example", secret)


answer = client("not-a-real-secret").query_tickets(str(TICKET)).json()
report(
    read=[row["title"] for row in answer["items"]],
    refused=refusal_of(lambda: client("wrong").query_tickets(str(TICKET))),
)

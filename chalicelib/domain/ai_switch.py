"""Whether the AI may see a case: the switch `ai` of the account's policy, for the client of the case's ticket."""

from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.ticket_facts import TicketFacts


def may_ai_see(policy: Policy, ticket: TicketFacts | None) -> bool:
    """Whether anything of a case may be sent to the model (ADR 0047).

    The first rules that match the ticket's client, contract and type count. The account's own switch holds where they
    name none, and while nothing is known of the ticket.
    """
    rules = policy.rules_for(ticket.client_key if ticket else None)
    return (rules.ai if rules and rules.ai else policy.ai) == "on"

"""People of a test's own account on the deployed stack."""

from infra.local.api import Api
from infra.local.deployed import DeployedStack
from infra.local.people import Person, enroll, sign_in


def signed_in(person: Person, stack: DeployedStack) -> Api:
    """Enroll `person`, unless they are already, and return the API as they use it after a new sign-in."""
    cognito = stack.cognito()
    enroll(person, cognito, stack.user_pool_id)
    return Api(stack.api_url, sign_in(person, cognito, stack.client_id))

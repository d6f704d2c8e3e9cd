"""The demo accounts' people, and their place in the user pool."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

PASSWORD = "Handoff-2-Demo!"  # noqa: S105 - printed for all to see, and only ever set on a local emulator


@dataclass(frozen=True)
class Person:
    """Someone of a demo account, with their display name."""

    name: str
    account_id: str
    role: str

    @property
    def handle(self) -> str:
        """The short name that scripts use: jane, sam, …"""
        return self.name.split()[0].lower()

    @property
    def email(self) -> str:
        """What they sign in with."""
        return f"{self.handle}@{self.account_id}.example"


PEOPLE = (
    Person("Jane Cooper", "acme", "engineer"),
    Person("Joe Park", "acme", "engineer"),
    Person("Sam Rivera", "acme", "senior"),
    Person("Alex Lindqvist", "acme", "senior"),
    Person("Olga Novak", "acme", "admin"),
    Person("Vic Tran", "acme", "viewer"),
    Person("Gina Rossi", "globex", "engineer"),
    Person("Hank Weber", "globex", "senior"),
)
BY_HANDLE = {person.handle: person for person in PEOPLE}


def enroll(person: Person, cognito: "CognitoIdentityProviderClient", user_pool_id: str) -> None:
    """Make sure the person can sign in; a person who was enrolled before keeps their id."""
    try:
        cognito.admin_create_user(
            UserPoolId=user_pool_id,
            Username=person.email,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": person.email},
                {"Name": "email_verified", "Value": "true"},
                {"Name": "name", "Value": person.name},
                {"Name": "custom:account_id", "Value": person.account_id},
            ],
        )
    except cognito.exceptions.UsernameExistsException:
        return
    cognito.admin_set_user_password(UserPoolId=user_pool_id, Username=person.email, Password=PASSWORD, Permanent=True)
    cognito.admin_add_user_to_group(UserPoolId=user_pool_id, Username=person.email, GroupName=person.role)


def sign_in(person: Person, cognito: "CognitoIdentityProviderClient", client_id: str) -> str:
    """The person's ID token, by the password flow that only the local app client allows."""
    answer = cognito.initiate_auth(
        ClientId=client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": person.email, "PASSWORD": PASSWORD},
    )
    return answer["AuthenticationResult"]["IdToken"]

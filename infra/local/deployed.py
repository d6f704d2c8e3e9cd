"""A deployed local stack: its addresses, and a way to speak to it as any of its people."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import boto3

from infra.local.api import Api
from infra.local.people import BY_HANDLE, PASSWORD, PEOPLE, Person, sign_in
from infra.local.site import REGION, Site

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_secretsmanager import SecretsManagerClient


@dataclass(frozen=True)
class DeployedStack:
    """Everything another program needs to use the stack; `stack.json` is this and the people."""

    web_url: str
    api_url: str
    ws_url: str | None
    issuer: str
    jwks_url: str
    user_pool_id: str
    client_id: str
    endpoint_url: str
    post_office_url: str
    region: str = REGION
    _tokens: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, site: Site, outputs: dict[str, str]) -> Self:
        """The stack that was deployed at `site` with these CloudFormation outputs."""
        pool = outputs["UserPoolId"]
        return cls(
            web_url=site.web_url,
            api_url=outputs["ApiUrl"],
            ws_url=outputs.get("WebSocketUrl"),
            issuer=f"https://cognito-idp.{REGION}.amazonaws.com/{pool}",
            jwks_url=f"{site.endpoint_url}/{pool}/.well-known/jwks.json",
            user_pool_id=pool,
            client_id=outputs["UserPoolClientId"],
            endpoint_url=site.endpoint_url,
            post_office_url=site.post_office_url,
        )

    @classmethod
    def read(cls, path: Path) -> Self:
        """The stack that `path` was written for. Raises FileNotFoundError when none is up."""
        fields = json.loads(path.read_text())
        del fields["users"]
        return cls(**fields)

    def write(self, path: Path) -> None:
        """Tell other programs about the stack; they never see half a file."""
        unfinished = path.with_suffix(".tmp")
        unfinished.write_text(json.dumps(self.as_json(), indent=2) + "\n")
        unfinished.replace(path)

    def as_json(self) -> dict[str, Any]:
        """The stack and its people, as `stack.json` has them."""
        addresses = {name: value for name, value in asdict(self).items() if not name.startswith("_")}
        return addresses | {"users": [_user(person) for person in PEOPLE]}

    def token(self, handle: str) -> str:
        """An ID token of the person with that short name (jane, sam, …), signed in once."""
        if handle not in self._tokens:
            self._tokens[handle] = sign_in(BY_HANDLE[handle], self.cognito(), self.client_id)
        return self._tokens[handle]

    def api(self, handle: str) -> Api:
        """The API, spoken to as that person; close it after use."""
        return Api(self.api_url, self.token(handle))

    def cognito(self) -> "CognitoIdentityProviderClient":
        """A client of the stack's user pools."""
        return emulator_session().client("cognito-idp", endpoint_url=self.endpoint_url)

    def secrets(self) -> "SecretsManagerClient":
        """A client of the stack's secrets."""
        return emulator_session().client("secretsmanager", endpoint_url=self.endpoint_url)

    def verify_mail(self, *addresses: str) -> None:
        """Have SES send from and to the domains of these addresses; in its sandbox it sends to no others."""
        mail = emulator_session().client("sesv2", endpoint_url=self.endpoint_url)
        for domain in {address.partition("@")[2] for address in addresses}:
            with suppress(mail.exceptions.AlreadyExistsException):
                mail.create_email_identity(EmailIdentity=domain)


def emulator_session() -> boto3.Session:
    """Credentials that an emulator takes; the developer's own are never sent to it."""
    return boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name=REGION)  # noqa: S106


def _user(person: Person) -> dict[str, str]:
    return {
        "email": person.email,
        "password": PASSWORD,
        "role": person.role,
        "account_id": person.account_id,
        "name": person.name,
    }

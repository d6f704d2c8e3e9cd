from typing import Any

Template = dict[str, Any]


def client(resources: Template) -> dict[str, Any]:
    properties: dict[str, Any] = resources["UserPoolClient"]["Properties"]
    return properties


def test_sign_up_is_for_admins_alone(resources: Template) -> None:
    assert resources["UserPool"]["Properties"]["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}


def test_people_sign_in_by_email(resources: Template) -> None:
    assert resources["UserPool"]["Properties"]["UsernameAttributes"] == ["email"]


def test_account_of_a_person_never_changes(resources: Template) -> None:
    (account,) = resources["UserPool"]["Properties"]["Schema"]

    assert (account["Name"], account["Mutable"]) == ("account_id", False)


def test_page_cannot_write_the_account(resources: Template) -> None:
    assert client(resources)["WriteAttributes"] == ["name"]


def test_token_tells_the_account(resources: Template) -> None:
    assert "custom:account_id" in client(resources)["ReadAttributes"]


def test_page_has_no_secret_and_uses_the_code_flow(resources: Template) -> None:
    page = client(resources)

    assert (page["GenerateSecret"], page["AllowedOAuthFlows"]) == (False, ["code"])


def test_passwords_are_taken_directly_on_the_local_stage_alone(resources: Template) -> None:
    condition, local, elsewhere = client(resources)["ExplicitAuthFlows"]["Fn::If"]

    by_password = ["ALLOW_USER_PASSWORD_AUTH" in flows for flows in (local, elsewhere)]
    assert (condition, by_password) == ("IsLocal", [True, False])


def test_roles_each_have_a_group(resources: Template) -> None:
    groups = [item["Properties"] for item in resources.values() if item["Type"] == "AWS::Cognito::UserPoolGroup"]

    highest_first = [group["GroupName"] for group in sorted(groups, key=lambda group: group["Precedence"])]
    assert highest_first == ["admin", "senior", "engineer", "viewer"]

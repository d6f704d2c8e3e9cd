"""Who may send SMS. IAM has no name for a phone number: what may be published to is said by what may not be."""

import pytest

from tests.unit.infra.functions import FUNCTIONS, role_of
from tests.unit.infra.test_policies import Template, statements

SENDING = {role_of("APIHandler"), role_of("Notify")}
"""The API sends the codes that numbers are confirmed by, `notify` everything else."""


@pytest.mark.parametrize("role", [role_of(function) for function in FUNCTIONS])
def test_only_who_sends_sms_may_publish_beyond_topics_and_by_that_to_no_topic(resources: Template, role: str) -> None:
    excluding = [statement for statement in statements(resources, role) if "NotResource" in statement]

    assert len(excluding) == (role in SENDING)
    for statement in excluding:
        assert (statement["Effect"], statement["Action"]) == ("Allow", ["sns:Publish"])
        assert statement["NotResource"] == {"Fn::Sub": "arn:${AWS::Partition}:sns:*:*:*"}

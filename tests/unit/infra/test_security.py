"""What a linter of security, cfripper, says of the template as CloudFormation has it, in production."""

import copy
import logging
from collections.abc import Callable

import pycfmodel
import pytest
from cfripper.config.config import Config
from cfripper.rule_processor import RuleProcessor
from cfripper.rules import DEFAULT_RULES

from tests.unit.infra.conftest import Template

#: What it may find, and why that is meant.
ACCEPTED = {
    ("S3ObjectVersioningRule", "PageBucket"): "the page is built from its sources; no person's data is in it",
    ("S3LifecycleConfigurationRule", "PageBucket"): "an old file is kept for the pages that are still open",
    ("WildcardResourceRule", "ApiHandlerRole"): "publishes codes to phones, which IAM has no name for; to no topic",
    ("WildcardResourceRule", "NotifyRole"): "publishes SMS to phones, which IAM has no name for; to no topic",
}

Finding = tuple[str, str]


def findings(template: Template) -> set[Finding]:
    """Each rule that is broken, and the resource that breaks it. Fails when a rule itself does."""
    logging.getLogger("pycfmodel").setLevel(logging.ERROR)  # it tells of each kind of resource that it has no rule for
    config = Config(stack_name="flowpilot", rules=list(DEFAULT_RULES))
    rules = [rule(config) for rule in DEFAULT_RULES.values()]
    model = pycfmodel.parse(template).resolve({"Stage": "prod"})
    result = RuleProcessor(*rules).process_cf_template(model, config)
    assert result.exceptions == []
    return {(failure.rule, name) for failure in result.failures for name in failure.resource_ids or ()}


def test_linter_finds_only_accepted_findings(translated: Template) -> None:
    assert findings(translated) == set(ACCEPTED)


def open_bucket(resources: Template) -> None:
    resources["PageBucket"]["Properties"]["AccessControl"] = "PublicRead"


def any_action(resources: Template) -> None:
    statement = resources["AnnounceRole"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"][0]
    statement |= {"Action": ["*"], "Resource": ["*"]}


def any_sender(resources: Template) -> None:
    del resources["PsaPushesPolicy"]["Properties"]["PolicyDocument"]["Statement"][0]["Condition"]
    resources["PsaPushesPolicy"]["Properties"]["PolicyDocument"]["Statement"][0]["Principal"] = "*"


@pytest.mark.parametrize(
    ("spoil", "finding"),
    [
        (open_bucket, ("S3BucketPublicReadAclRule", "PageBucket")),
        (any_action, ("WildcardResourceRule", "AnnounceRole")),
        (any_sender, ("SQSQueuePolicyPublicRule", "PsaPushesPolicy")),
    ],
)
def test_linter_sees_what_is_left_open(
    translated: Template, spoil: Callable[[Template], None], finding: Finding
) -> None:
    spoilt = copy.deepcopy(translated)
    spoil(spoilt["Resources"])

    assert finding in findings(spoilt)

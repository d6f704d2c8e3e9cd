import base64
import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

Template = dict[str, Any]

WEB = Path(__file__).parents[3] / "web"

#: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html and its
#: neighbor on origin request policies.
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
ALL_HEADERS_BUT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"


@pytest.fixture
def distribution(resources: Template) -> dict[str, Any]:
    configuration: dict[str, Any] = resources["PageDistribution"]["Properties"]["DistributionConfig"]
    return configuration


@pytest.fixture
def api_behavior(distribution: dict[str, Any]) -> dict[str, Any]:
    (behavior,) = distribution["CacheBehaviors"]
    return dict(behavior)


def headers_sent(policy: dict[str, Any]) -> dict[str, str]:
    """The headers that CloudFront makes of a response headers policy."""
    security = policy["SecurityHeadersConfig"]
    transport = security["StrictTransportSecurity"]
    subdomains = "; includeSubDomains" if transport["IncludeSubdomains"] else ""
    return {
        "Content-Security-Policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"][0],
        "Strict-Transport-Security": f"max-age={transport['AccessControlMaxAgeSec']}{subdomains}",
        "X-Content-Type-Options": "nosniff" if "ContentTypeOptions" in security else "",
        "X-Frame-Options": security["FrameOptions"]["FrameOption"],
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
    } | {item["Header"]: item["Value"] for item in policy["CustomHeadersConfig"]["Items"]}


def test_page_has_the_headers_that_it_is_developed_with(resources: Template) -> None:
    policy = resources["PageHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]

    assert headers_sent(policy) == json.loads((WEB / "security-headers.json").read_text())


def test_content_policy_allows_the_inline_script_of_the_page_and_no_other() -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", (WEB / "index.html").read_text(), re.DOTALL)
    policy = json.loads((WEB / "security-headers.json").read_text())["Content-Security-Policy"]

    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    (sources,) = re.findall(r"script-src ([^;]*)", policy)
    assert sources.split() == ["'self'", f"'sha256-{digest}'"]


def test_content_policy_of_an_answer_of_the_api_is_left_to_it_and_no_other_header(resources: Template) -> None:
    policy = resources["PageHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]

    custom = {item["Header"]: item for item in policy["CustomHeadersConfig"]["Items"]}
    settings = policy["SecurityHeadersConfig"] | custom
    assert [name for name, setting in settings.items() if not setting["Override"]] == ["ContentSecurityPolicy"]


def test_page_speaks_to_the_sign_in_and_to_its_sockets_and_nobody_else(resources: Template) -> None:
    policy = resources["PageHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]

    _, values = policy["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"]
    assert values["ConnectSources"]["Fn::Join"][1] == [
        {
            "Fn::If": [
                "HasIssuer",
                {"Ref": "OidcOrigins"},
                {"Fn::Sub": "https://${UserPoolDomain}.auth.${AWS::Region}.amazoncognito.com"},
            ]
        },
        {"Fn::Sub": "wss://${WebsocketAPI}.execute-api.${AWS::Region}.${AWS::URLSuffix}"},
    ]


def test_every_answer_has_those_headers(distribution: dict[str, Any], api_behavior: dict[str, Any]) -> None:
    behaviors = [distribution["DefaultCacheBehavior"], api_behavior]

    assert [behavior["ResponseHeadersPolicyId"] for behavior in behaviors] == [{"Ref": "PageHeaders"}] * 2


def route(resources: Template, path: str) -> str:
    """What the function at the edge makes of `path`."""
    code = resources["PageRoutes"]["Properties"]["FunctionCode"]
    program = f"{code}\nprocess.stdout.write(handler({{request: {{uri: {json.dumps(path)}}}}}).uri)"
    return subprocess.run(  # noqa: S603  a program of the template
        ["node", "--eval", program],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.parametrize("path", ["/", "/pilot/0190a8c4-3b1e-7c33-9d2c-2a3f6b1c9e10", "/sign-in/"])
def test_route_of_the_page_is_answered_with_the_page(resources: Template, path: str) -> None:
    assert route(resources, path) == "/index.html"


@pytest.mark.parametrize("path", ["/config.json", "/assets/index-Ck8nPCaw.js", "/favicon.svg"])
def test_file_is_answered_with_itself(resources: Template, path: str) -> None:
    assert route(resources, path) == path


def test_api_is_below_the_name_of_its_stage(resources: Template, api_behavior: dict[str, Any]) -> None:
    assert api_behavior["PathPattern"] == f"/{resources['RestAPI']['Properties']['StageName']}/*"


def test_api_is_reached_at_its_own_address(distribution: dict[str, Any], api_behavior: dict[str, Any]) -> None:
    (origin,) = [origin for origin in distribution["Origins"] if origin["Id"] == api_behavior["TargetOriginId"]]

    assert origin["DomainName"] == {"Fn::Sub": "${RestAPI}.execute-api.${AWS::Region}.${AWS::URLSuffix}"}


def test_api_gets_every_request_whole(api_behavior: dict[str, Any]) -> None:
    assert (set(api_behavior["AllowedMethods"]), api_behavior["OriginRequestPolicyId"]) == (
        {"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"},
        ALL_HEADERS_BUT_HOST,
    )


def test_distribution_caches_no_answer_of_the_api(api_behavior: dict[str, Any]) -> None:
    assert api_behavior["CachePolicyId"] == CACHING_DISABLED


def test_distribution_serves_https_alone(distribution: dict[str, Any], api_behavior: dict[str, Any]) -> None:
    policies = [distribution["DefaultCacheBehavior"]["ViewerProtocolPolicy"], api_behavior["ViewerProtocolPolicy"]]

    assert policies == ["redirect-to-https", "https-only"]


def test_http_2_and_3_are_spoken(distribution: dict[str, Any]) -> None:
    assert distribution["HttpVersion"] == "http2and3"


def test_domain_of_ones_own_is_served_with_modern_tls_only(distribution: dict[str, Any]) -> None:
    condition, own, _ = distribution["ViewerCertificate"]["Fn::If"]

    assert (condition, own["MinimumProtocolVersion"]) == ("HasPageDomain", "TLSv1.2_2021")


def test_bucket_is_read_by_the_distribution_alone(resources: Template) -> None:
    allowed, _ = resources["PageBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]

    arn = "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${PageDistribution}"
    assert (allowed["Action"], allowed["Condition"]) == (
        "s3:GetObject",
        {"StringEquals": {"AWS:SourceArn": {"Fn::Sub": arn}}},
    )


def test_bucket_is_closed_to_the_public(resources: Template) -> None:
    access = resources["PageBucket"]["Properties"]["PublicAccessBlockConfiguration"]

    assert set(access.values()) == {True}


def test_sign_in_returns_to_the_page(resources: Template) -> None:
    client = resources["UserPoolClient"]["Properties"]

    (elsewhere,) = client["CallbackURLs"]["Fn::If"][2]
    assert elsewhere["Fn::If"][2] == {"Fn::Sub": "https://${PageDistribution.DomainName}/"}


def test_sign_in_and_sign_out_return_to_the_address_that_is_told(template: Template) -> None:
    client = template["Resources"]["UserPoolClient"]["Properties"]

    returned_to = [client[name]["Fn::If"][2] for name in ("CallbackURLs", "LogoutURLs")]
    assert returned_to == [[template["Outputs"]["PageUrl"]["Value"]]] * 2


def test_api_finds_its_function_by_name_so_that_there_is_no_circle(resources: Template) -> None:
    api = json.dumps(resources["RestAPI"]["Properties"]["DefinitionBody"])

    assert "APIHandler" not in api

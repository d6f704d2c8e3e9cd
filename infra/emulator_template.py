"""The one place where the template for an emulator differs from the template for AWS."""

import copy
import hashlib
import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

Template = dict[str, Any]

AWS_TIMEOUT_S = "8"
"""An emulator on a busy machine answers later than DynamoDB; three tries still end before API Gateway's 29 s."""

MOST_BATCHES_AT_ONCE = 4
"""How many batches of one queue are worked side by side. Each has a process of its own, whose start takes longer than
its work: on a machine with two processors they would hold up everything else.
"""


def adapted_to_emulator(template: Template, endpoint_url: str, code_folder: Path | None = None) -> Template:
    """Return a copy of `template` for the emulator at `endpoint_url`: with its addresses, without what it cannot do.

    With a `code_folder` the functions import from there, and their archive is to be one `without_code`.
    """
    adapted = copy.deepcopy(template)
    _set_addresses(adapted, endpoint_url.rstrip("/"))
    adapted["Globals"]["Function"]["Environment"]["Variables"]["AWS_TIMEOUT_S"] = AWS_TIMEOUT_S
    _work_few_batches_at_once(adapted)
    _drop_alarms_on_queries(adapted)
    _deploy_sockets_by_themselves(adapted)
    _leave_out_the_page(adapted)
    if code_folder:
        _import_from(adapted, code_folder)
    return adapted


def without_code(archive: bytes) -> bytes:
    """Return an archive that names the content of `archive` and holds none of its files.

    The emulator unpacks a function's archive for each process of it: 90 MB, which take longer than all the rest of
    a cold start. Another content still is another archive, so that a changed function is deployed.
    """
    packed = io.BytesIO()
    with ZipFile(packed, "w") as zipped:
        zipped.writestr(ZipInfo("package.txt"), hashlib.sha256(archive).hexdigest())
    return packed.getvalue()


def _set_addresses(template: Template, endpoint_url: str) -> None:
    """An emulator issues tokens in the name of AWS, but keys, sign-in and API are found at its own address."""
    outputs, variables = template["Outputs"], template["Globals"]["Function"]["Environment"]["Variables"]
    outputs["ApiUrl"]["Value"] = {"Fn::Sub": f"{endpoint_url}/_aws/execute-api/${{RestAPI}}/api"}
    outputs["HostedDomain"]["Value"] = endpoint_url
    socket_path = "/_aws/execute-api/${WebsocketAPI}/api"
    live_url = {"Fn::Sub": endpoint_url.replace("http", "ws", 1) + socket_path}
    outputs["WebSocketUrl"]["Value"] = variables["LIVE_URL"] = live_url
    variables["LIVE_CALLBACK_URL"] = {"Fn::Sub": endpoint_url + socket_path}
    condition, given, _ = variables["OIDC_JWKS_URL"]["Fn::If"]
    own = {"Fn::Sub": f"{endpoint_url}/${{UserPool}}/.well-known/jwks.json"}
    variables["OIDC_JWKS_URL"] = {"Fn::If": [condition, given, own]}


def _work_few_batches_at_once(template: Template) -> None:
    for resource in template["Resources"].values():
        for source in resource["Properties"].get("Events", {}).values():
            if source["Type"] == "SQS":
                source["Properties"]["ScalingConfig"] = {"MaximumConcurrency": MOST_BATCHES_AT_ONCE}


def _drop_alarms_on_queries(template: Template) -> None:
    """The emulator refuses a stack with an alarm on an expression in place of one metric."""
    resources = template["Resources"]
    template["Resources"] = {
        name: resource
        for name, resource in resources.items()
        if not (resource["Type"] == "AWS::CloudWatch::Alarm" and "Metrics" in resource["Properties"])
    }


def _deploy_sockets_by_themselves(template: Template) -> None:
    """The emulator knows no AWS::ApiGatewayV2::Deployment; a stage that deploys itself does the same."""
    del template["Resources"]["WebsocketAPIDeployment"]
    stage = template["Resources"]["WebsocketAPIStage"]["Properties"]
    del stage["DeploymentId"]
    stage["AutoDeploy"] = True


def _leave_out_the_page(template: Template) -> None:
    """The page's own preview server stands in for CloudFront; sign-in returns to the addresses that are given."""
    for section in ("Resources", "Outputs"):
        template[section] = {name: item for name, item in template[section].items() if not name.startswith("Page")}
    client = template["Resources"]["UserPoolClient"]["Properties"]
    for addresses in ("CallbackURLs", "LogoutURLs"):
        _, given, _ = client[addresses]["Fn::If"]
        client[addresses] = given
    links = template["Resources"]["Notify"]["Properties"]["Environment"]["Variables"]
    _, links["PAGE_URL"], _ = links["PAGE_URL"]["Fn::If"]


def _import_from(template: Template, code_folder: Path) -> None:
    """Put the folder on the import path. As with the archive itself on AWS, it comes before the standard library."""
    template["Globals"]["Function"]["Environment"]["Variables"]["PYTHONPATH"] = str(code_folder)

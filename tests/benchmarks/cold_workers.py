"""What the first request to a worker of the emulator costs, with shared code and with an archive of its own."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from infra.emulator_template import without_code
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.packages import packaged
from infra.local.site import STAGE
from tests.benchmarks.paired import in_ms, side_by_side
from tests.benchmarks.table import Row

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

N = 8
BUDGET = 0.35
DEPLOYED = f"flowpilot-{STAGE}-api"
BUCKET = "bench-cold-workers"
REQUEST = {
    "resource": "/health",
    "path": "/health",
    "httpMethod": "GET",
    "headers": {},
    "multiValueHeaders": {},
    "multiValueQueryStringParameters": None,
    "pathParameters": None,
    "stageVariables": None,
    "body": None,
    "isBase64Encoded": False,
    "requestContext": {"httpMethod": "GET", "resourcePath": "/health", "requestId": "bench", "identity": {}},
}


def rows(stack: DeployedStack) -> list[Row]:
    """The API as it is deployed here, against the same function with the archive that AWS gets."""
    archive = (packaged() / "deployment.zip").read_bytes()
    functions = emulator_session().client("lambda", endpoint_url=stack.endpoint_url)
    s3 = emulator_session().client("s3", endpoint_url=stack.endpoint_url)
    s3.create_bucket(Bucket=BUCKET)
    for kind, code in {"shared": without_code(archive), "unpacked": archive}.items():
        s3.put_object(Bucket=BUCKET, Key=kind, Body=code)
    with _new_functions(functions, "shared") as shared, _new_functions(functions, "unpacked") as unpacked:
        pair = side_by_side(shared, unpacked, N, warm_up=1)
    what = "first request to a worker of the emulator, code shared, against unpacked"
    return [Row(what, in_ms(pair.ours), in_ms(pair.against), pair.ratio, pair.n, BUDGET)]


@contextmanager
def _new_functions(functions: "LambdaClient", kind: str) -> Iterator[Callable[[int], None]]:
    """Yield a call of the function of that number, of as many that nobody called yet; they are deleted in the end."""
    deployed = functions.get_function_configuration(FunctionName=DEPLOYED)
    variables = dict(deployed["Environment"]["Variables"])
    if kind == "unpacked":
        del variables["PYTHONPATH"]
    names = [f"bench-{kind}-{number}" for number in range(N + 1)]
    for name in names:
        functions.create_function(
            FunctionName=name,
            Runtime=deployed["Runtime"],
            Handler=deployed["Handler"],
            Role=deployed["Role"],
            Timeout=deployed["Timeout"],
            MemorySize=deployed["MemorySize"],
            Code={"S3Bucket": BUCKET, "S3Key": kind},
            Environment={"Variables": variables},
        )

    def call(number: int) -> None:
        answer = functions.invoke(FunctionName=names[number], Payload=json.dumps(REQUEST).encode())
        answered = json.loads(answer["Payload"].read())
        if answered.get("statusCode") != 200:
            raise RuntimeError(f"{names[number]} answered {answered}")

    try:
        yield call
    finally:
        for name in names:
            functions.delete_function(FunctionName=name)

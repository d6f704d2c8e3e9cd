"""The requests in `docs/api.md` are sent in order, and answered as the page says."""

import re
from pathlib import Path
from typing import NamedTuple

from tests.support.api.client import ApiClient
from tests.support.builders import ALEX, JANE, OLGA, SAM

PAGE = Path(__file__).resolve().parents[3] / "docs" / "api.md"
PEOPLE = {"jane": JANE, "sam": SAM, "alex": ALEX, "olga": OLGA}


class Example(NamedTuple):
    """One request of the page, and what it says of the answer."""

    method: str
    path: str
    headers: dict[str, str]
    body: str
    status: int
    code: str | None
    kept: dict[str, str]


def read_example(block: str) -> Example:
    """Read a block: the request line, headers, the body, and a last line such as `201 session_id=id` or `409 code`."""
    request, *rest = block.strip().split("\n\n")
    first, *header_lines = request.splitlines()
    status, *words = rest[-1].split()
    kept = dict(word.split("=") for word in words if "=" in word)
    code = next((word for word in words if "=" not in word), None)
    headers = dict(line.split(": ", 1) for line in header_lines)
    method, path = first.split(" ")
    return Example(method, path, headers, "".join(rest[:-1]), int(status), code, kept)


EXAMPLES = [read_example(block) for block in re.findall(r"```http\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)]


def test_requests_of_the_page_are_answered_as_it_says(api: ApiClient) -> None:
    ids: dict[str, str] = {}
    seen: list[tuple[str, int, str | None]] = []
    for example in EXAMPLES:
        headers = dict(example.headers)
        person = PEOPLE[headers.pop("Authorization").removeprefix("Bearer {").removesuffix("}")]
        path = example.path.format(**ids)
        answer = api.call(example.method, path, by=person, raw=example.body.encode(), headers=headers)
        ids |= {name: answer.json[field] for name, field in example.kept.items()}
        seen.append(
            (f"{example.method} {example.path}", answer.status, answer.json.get("code") if answer.text else None)
        )

    assert seen == [(f"{example.method} {example.path}", example.status, example.code) for example in EXAMPLES]


def test_page_has_requests_for_each_subject() -> None:
    assert len(EXAMPLES) >= 10

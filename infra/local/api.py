"""A small client of FlowPilot's HTTP API, for the demo data, the demo walk and the tests."""

from typing import Any, Self

import httpx2

from infra.local.polling import attempts

Json = dict[str, Any]
BUSY_S = 10
BUSY_PAUSE_S = 0.5


class Refused(Exception):
    """The API answered with a problem document."""

    def __init__(self, status: int, problem: Json) -> None:
        super().__init__(f"{status} {problem.get('code')}: {problem.get('detail')}")
        self.status = status
        self.problem = problem


class Api:
    """Speaks as one signed-in person. Raises Refused for every answer that is not a 2xx."""

    def __init__(self, api_url: str, token: str, timeout_s: float = 60) -> None:
        self.token = token
        self._client = httpx2.Client(base_url=api_url, headers={"Authorization": f"Bearer {token}"}, timeout=timeout_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, path: str) -> Json:
        """What the API answers; `path` begins with a slash and may carry a query.

        A read is made again while the API is too busy for it (503), for up to `BUSY_S` seconds.
        """
        for _ in attempts(BUSY_S, BUSY_PAUSE_S):
            response = self._client.get(path)
            if response.status_code != httpx2.codes.SERVICE_UNAVAILABLE:
                break
        return _body(response)

    def post(self, path: str, body: Json | None = None, key: str | None = None) -> Json:
        """With a `key` a repeat of the call returns the first one's result and creates nothing."""
        headers = {"Idempotency-Key": key} if key else {}
        return _body(self._client.post(path, json=body or {}, headers=headers))

    def put(self, path: str, body: Json) -> Json:
        """Put `body` in the place of what is there."""
        return _body(self._client.put(path, json=body))

    def delete(self, path: str) -> None:
        """Take away what is there."""
        response = self._client.delete(path)
        if not response.is_success:
            raise Refused(response.status_code, _problem(response))


def _body(response: httpx2.Response) -> Json:
    if not response.is_success:
        raise Refused(response.status_code, _problem(response))
    answer: Json = response.json()
    return answer


def _problem(response: httpx2.Response) -> Json:
    try:
        problem: Json = response.json()
    except ValueError:
        return {"code": "no_problem_document", "detail": response.text[:200]}
    return problem

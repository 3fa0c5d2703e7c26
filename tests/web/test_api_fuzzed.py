"""The JSON API, given what its own description allows and what it does not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.web.conftest import MakeDesk
from trustanswer.web.app import create_app

schemathesis = pytest.importorskip("schemathesis")

EXAMPLES = 40


@pytest.mark.filterwarnings("ignore")
def test_no_request_is_answered_with_a_failure(desk: MakeDesk) -> None:
    at = desk()
    client = at.here()
    schema = schemathesis.openapi.from_dict(create_app(at.site).openapi())
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 12
    asked = 0
    for operation in operations:
        cases = operation.as_strategy() | _broken(operation)

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases)
        def send(case: Any) -> None:
            nonlocal asked
            asked += 1
            answer = _sent(client, case)
            assert answer.status_code < 500, (case, answer.text[:500])
            assert "Traceback" not in answer.text

        send()
    assert asked >= EXAMPLES * len(operations) // 2


def _broken(operation: Any) -> st.SearchStrategy[Any]:
    """Requests that the description forbids."""
    return operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)


def _sent(client: Any, case: Any) -> Any:
    told = case.as_transport_kwargs(base_url="http://127.0.0.1:8321")
    allowed = ("method", "url", "params", "json", "data", "files", "content")
    found = {key: value for key, value in told.items() if key in allowed and value is not None}
    headers = {k: v for k, v in (told.get("headers") or {}).items() if k.lower() == "content-type"}
    if isinstance(found.get("data"), bytes | str):
        found["content"] = found.pop("data")
    return client.request(**found, headers=headers)

"""No work is left to Chalice's middleware.

Lambda starts a function of a blueprint from the blueprint's module, where no app has been made, so the app's
middleware is skipped; and middleware sees an answer before it is JSON. Each handler is wrapped where it is registered.
`test_problems.py` holds that an answer which JSON refuses becomes a 500.
"""

from app import app


def test_app_registers_no_middleware() -> None:
    assert app.middleware_handlers == []

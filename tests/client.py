"""A client that behaves as the real server: what waits for the commit happens after each request."""

from typing import Any

from django.test import Client, TestCase

from accounts.models import User


class HouseClient(Client):
    """Runs the on-commit callbacks of each request, which the transaction around a test would hold for ever."""

    def request(self, **request: Any) -> Any:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**request)

    @classmethod
    def of(cls, user: User, **options: Any) -> "HouseClient":
        client = cls(**options)
        client.force_login(user)
        return client

"""Every entrance of the application, as the resolver knows it."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@cache
def entrances() -> dict[str, set[str]]:
    """Return the names of all URLs with what each needs: `{"referencing:show": {"reference"}}`."""
    return {name: set(re.findall(r"<(?:\w+:)?(\w+)>", route)) for name, route in _walk(get_resolver())}


def address(name: str, values: dict[str, Any]) -> str:
    """Fill an address; "name:parameter" in the values wins over "parameter"."""
    wanted = entrances()[name]
    return reverse(name, kwargs={key: values.get(f"{name}:{key}", values.get(key)) for key in wanted} or None)


def _walk(resolver: URLResolver, space: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or route}", route
        else:
            yield from _walk(pattern, space + (f"{pattern.namespace}:" if pattern.namespace else ""), route)

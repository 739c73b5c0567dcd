"""A misspelt variable in one of our templates fails the test instead of printing nothing."""

import sys
from pathlib import Path
from types import FrameType

from django.template.base import Node

TEMPLATES = Path(__file__).parent.parent / "templates"


class Undefined(str):
    """What Django prints for a variable that does not exist: an error in our templates, nothing in others'."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return True

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, variable: object) -> str:
        template, line = place_in_templates()
        if template and Path(template).is_relative_to(TEMPLATES):
            raise AssertionError(f"{template}, line {line}: the variable « {variable} » is not defined")
        return ""


def place_in_templates() -> tuple[str, int]:
    """Return the file and line of the template node being rendered, found up the stack."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and node.token is not None:
            return str(node.origin.name), node.token.lineno or 0
        frame = frame.f_back
    return "", 0

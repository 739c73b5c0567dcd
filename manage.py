#!/usr/bin/env python
"""Command line of the application."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError:
        from kit import readiness

        # A base that cannot be reached is one sentence; any other fault of the base keeps its traceback.
        try:
            readiness.database()
        except readiness.NotReady as problem:
            raise SystemExit(str(problem)) from None
        raise


if __name__ == "__main__":
    main()

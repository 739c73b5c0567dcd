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
        from kit.readiness import require_database

        require_database()  # a base out of reach is one sentence; any other fault keeps its traceback
        raise


if __name__ == "__main__":
    main()

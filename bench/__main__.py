"""Run every measure and print it as Markdown: `make bench`, or `python -m bench transition`."""

import os
import sys
from importlib import import_module

MEASURES = {
    "transition": "Une transition par la porte",
    "lists": "Les pages, à 100 et à 20 000 candidatures",
    "dossier": "Le dossier PDF",
}


def main(names: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    import django

    django.setup()
    from bench import ground

    ground.create_database()
    for name in names or MEASURES:
        print(f"\n## {MEASURES[name]}\n\n{import_module(f'bench.{name}').run()}", flush=True)


main(sys.argv[1:])

"""The key of a SIREN number (Luhn's, as INSEE documents it for SIREN and SIRET)."""


def is_siren(value: str) -> bool:
    """Say whether `value` is nine digits whose Luhn sum is a multiple of ten."""
    if len(value) != 9 or not value.isascii() or not value.isdigit() or value == "0" * 9:
        return False
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(value))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0

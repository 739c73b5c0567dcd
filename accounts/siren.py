"""The keys of the SIREN and SIRET numbers (Luhn's, as INSEE documents it), and the one exception."""

LA_POSTE = "356000000"


def is_siren(value: str) -> bool:
    """Say whether `value` is nine digits whose Luhn sum is a multiple of ten."""
    return _is_number(value, 9) and _luhn(value) % 10 == 0


def is_siret(value: str) -> bool:
    """Say whether `value` is a SIREN followed by the five digits of an establishment, with a right key.

    La Poste ran out of establishments: theirs are those whose digits add up to a multiple of five.
    """
    if not _is_number(value, 14) or not is_siren(value[:9]):
        return False
    if _luhn(value) % 10 == 0:
        return True
    return value.startswith(LA_POSTE) and sum(map(int, value)) % 5 == 0


def _is_number(value: str, length: int) -> bool:
    return len(value) == length and value.isascii() and value.isdigit() and value != "0" * length


def _luhn(value: str) -> int:
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(value))]
    return sum(d - 9 if d > 9 else d for d in doubled)

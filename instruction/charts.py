"""The geometry of the charts. Pure: numbers in, places on a drawing out; the page says every number in words too."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

WIDTH, HEIGHT = 760, 240
LEFT, RIGHT, TOP, BOTTOM = 24, 104, 28, 36  # the right side holds the names of the curves
NAME_HEIGHT = 18


@dataclass(frozen=True)
class Bar:
    """One row of a board. `wide` and `late_wide` are per cent of the widest bar; each figure opens its list."""

    label: str
    number: int
    late: int
    query: str
    wide: float = 0
    late_wide: float = 0

    @property
    def late_query(self) -> str:
        return f"{self.query}&late=on"


def bars(rows: Sequence[tuple[str, int, int, str]]) -> list[Bar]:
    """Return the bars of (label, number, how many are late, address of the list), the widest at 100."""
    widest = max((number for _, number, _, _ in rows), default=0) or 1
    return [
        Bar(label, number, late, query, round(100 * number / widest, 1), round(100 * late / widest, 1))
        for label, number, late, query in rows
    ]


@dataclass(frozen=True)
class Point:
    """One month of a curve: where it is drawn, and the number said beside it."""

    x: float
    y: float
    number: int


@dataclass(frozen=True)
class Curve:
    """A line through its points, in the words of SVG."""

    label: str
    points: tuple[Point, ...]
    name_y: float = 0  # where its name is written, at the right of its end

    @property
    def path(self) -> str:
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)

    @property
    def last(self) -> Point:
        return self.points[-1]


def curves(series: Sequence[tuple[str, Sequence[int]]]) -> list[Curve]:
    """Return one curve a series, all on the same scale, zero at the bottom; the series are as long as one another.

    Their names are written at their ends, far enough apart to be read.
    """
    highest = max((number for _, numbers in series for number in numbers), default=0) or 1
    drawn = [Curve(label, _points(numbers, highest)) for label, numbers in series]
    name_y, apart = {}, float(-NAME_HEIGHT)
    for curve in sorted(drawn, key=lambda curve: curve.last.y):
        apart = max(curve.last.y + 4, apart + NAME_HEIGHT)
        name_y[curve.label] = round(apart, 1)
    return [replace(curve, name_y=name_y[curve.label]) for curve in drawn]


def _points(numbers: Sequence[int], highest: int) -> tuple[Point, ...]:
    return tuple(
        Point(round(x_of(rank, len(numbers)), 1), round(_y_of(number, highest), 1), number)
        for rank, number in enumerate(numbers)
    )


def x_of(rank: int, count: int) -> float:
    """Where the column of a rank stands; a single one stands in the middle."""
    room = WIDTH - LEFT - RIGHT
    return LEFT + (room * rank / (count - 1) if count > 1 else room / 2)


def _y_of(number: int, highest: int) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - number / highest)

"""The geometry of the charts. Pure: numbers in, places on a drawing out; the page says every number in words too."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 760, 240
LEFT, RIGHT, TOP, BOTTOM = 16, 24, 28, 36


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

    @property
    def path(self) -> str:
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)

    @property
    def last(self) -> Point:
        return self.points[-1]


def curves(series: Sequence[tuple[str, Sequence[int]]]) -> list[Curve]:
    """Return one curve a series, all on the same scale, zero at the bottom; the series are as long as one another."""
    highest = max((number for _, numbers in series for number in numbers), default=0) or 1
    return [
        Curve(
            label,
            tuple(
                Point(round(x_of(rank, len(numbers)), 1), round(_y_of(number, highest), 1), number)
                for rank, number in enumerate(numbers)
            ),
        )
        for label, numbers in series
    ]


def x_of(rank: int, count: int) -> float:
    """Where the column of a rank stands; a single one stands in the middle."""
    room = WIDTH - LEFT - RIGHT
    return LEFT + (room * rank / (count - 1) if count > 1 else room / 2)


def _y_of(number: int, highest: int) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - number / highest)

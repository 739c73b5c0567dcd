"""One part of a file: what a reader of videos may ask, and what it gets."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import files
from kit.ranges import Unsatisfiable, part_asked

pytestmark = pytest.mark.once
CONTENT = bytes(range(100))


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("", None),
        ("bytes=0-", (0, 99)),
        ("bytes=0-0", (0, 0)),
        ("bytes=10-19", (10, 19)),
        ("bytes=90-500", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-500", (0, 99)),
        ("bytes=20-10", None),
        ("bytes=-", None),
        ("bytes=0-1,5-6", None),
        ("octets=0-1", None),
        ("bytes=abc", None),
    ],
)
def test_a_part_is_read_as_it_is_asked(header: str, found: tuple[int, int] | None):
    part = part_asked(header, 100)
    assert (part and (part.first, part.last)) == found


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=999-1000", "bytes=-0"])
def test_a_part_after_the_end_is_refused(header: str):
    with pytest.raises(Unsatisfiable):
        part_asked(header, 100)


def sent(header: str) -> tuple[int, bytes, str]:
    response = files.video(BytesIO(CONTENT), name="a.mp4", media_type="video/mp4", size=100, asked=header)
    body = b"".join(response) if response.streaming else response.content  # type: ignore[call-overload,attr-defined]
    return response.status_code, body, response.headers.get("Content-Range", "")


def test_a_video_is_sent_whole_or_by_part():
    assert sent("") == (200, CONTENT, "")
    assert sent("bytes=10-19") == (206, CONTENT[10:20], "bytes 10-19/100")
    assert sent("bytes=100-") == (416, b"", "bytes */100")


@given(first=st.integers(0, 99), last=st.integers(0, 200))
def test_a_part_is_always_the_bytes_it_names(first: int, last: int):
    status, body, told = sent(f"bytes={first}-{last}")
    if last < first:
        assert (status, body) == (200, CONTENT)
    else:
        assert (status, body) == (206, CONTENT[first : last + 1])
        assert told == f"bytes {first}-{min(last, 99)}/100"

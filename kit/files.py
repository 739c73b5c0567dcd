"""Sending back a file that somebody deposited: never trusted, never rendered as a page of ours."""

from typing import IO, TypeVar

from django.http import FileResponse, HttpResponse, HttpResponseBase

from kit.ranges import Slice, Unsatisfiable, part_asked

Sent = TypeVar("Sent", bound=HttpResponseBase)
PDF = "application/pdf"
VIDEOS = frozenset({"video/mp4", "video/webm"})
PREVIEWED = frozenset({"application/pdf", "image/png", "image/jpeg"})


def attachment(content: IO[bytes], *, name: str, media_type: str) -> FileResponse:
    """Send a file to be saved. Its name is data: Django encodes it as RFC 6266 asks."""
    response = FileResponse(content, as_attachment=True, filename=name, content_type=media_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return _guarded(response)


def preview(content: IO[bytes], *, name: str, media_type: str) -> FileResponse:
    """Show a PDF or an image inside one of our pages; anything else is sent to be saved.

    No `sandbox` for a PDF: Chromium's reader refuses to open in one. The response may run nothing and load nothing.
    """
    if media_type not in PREVIEWED:
        return attachment(content, name=name, media_type=media_type)
    response = FileResponse(content, as_attachment=False, filename=name, content_type=media_type)
    box = "" if media_type == PDF else "sandbox; "
    response["Content-Security-Policy"] = f"{box}default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    response["X-Frame-Options"] = "SAMEORIGIN"
    return _guarded(response)


def video(content: IO[bytes], *, name: str, media_type: str, size: int, asked: str = "") -> HttpResponseBase:
    """Send a video to be played in one of our pages: whole, or the part that the header `Range` asks for.

    Without parts, nobody could jump to a moment before everything is downloaded.
    """
    try:
        part = part_asked(asked, size)
    except Unsatisfiable:
        content.close()
        return _guarded(HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}))
    sent = Slice(content, part) if part else content
    response = FileResponse(sent, filename=name, content_type=media_type, status=206 if part else 200)
    response["Accept-Ranges"] = "bytes"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    if part:
        response["Content-Range"], response["Content-Length"] = part.content_range, str(part.length)
    return _guarded(response)


def unavailable(sentence: str) -> HttpResponse:
    """Say in one sentence, where the file would have been shown or saved, why it is not given now."""
    response = HttpResponse(sentence, status=409, content_type="text/plain; charset=utf-8")
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'self'"
    response["X-Frame-Options"] = "SAMEORIGIN"
    return _guarded(response)


def _guarded(response: Sent) -> Sent:
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response

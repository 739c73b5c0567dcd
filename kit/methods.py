"""Which methods a page answers."""

from django.views.decorators.http import require_http_methods

# A page that shows a form and receives it. A page that may be read may be asked for its headers alone.
read_or_write = require_http_methods(["GET", "HEAD", "POST"])

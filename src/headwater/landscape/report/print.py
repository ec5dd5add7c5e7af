"""The page as a tagged PDF that screen readers can follow."""

import logging
from typing import Any

LOG = logging.getLogger(__name__)
IDENTIFIER = b"headwater-landscape-report"  # fixed: the same page gives the same bytes


def pdf(html: str) -> bytes | None:
    """Print a page; None where the system lacks the libraries that set its text."""
    try:
        import weasyprint
    except OSError:
        LOG.warning("no PDF: WeasyPrint finds no Pango on this system (install libpango-1.0-0)")
        return None
    page = weasyprint.HTML(string=html, url_fetcher=_refuse)
    return bytes(page.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=IDENTIFIER))


def _refuse(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"the page is to be self-contained, but asks for {url!r}")

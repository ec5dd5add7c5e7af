"""`headwater show`: look at a finished report in the browser, on this machine alone."""

from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated

import typer

from headwater.landscape.cli.screen import words
from headwater.landscape.errors import SettingsError

HERE = {"127.0.0.1", "localhost"}
SHOWN = {"/report.html", "/report.json", "/report.pdf"}


class _ReportOnly(SimpleHTTPRequestHandler):
    """Serves a report's files and nothing beside them: rejects.csv stays private."""

    def do_GET(self) -> None:
        """Serve the report; send the bare address to its page."""
        if self.headers.get("Host", "").partition(":")[0] not in HERE:
            self.send_error(403)  # another site's page asks through the reader's browser
        elif self.path == "/":
            self.send_response(302)
            self.send_header("Location", "/report.html")
            self.end_headers()
        elif self.path in SHOWN:
            super().do_GET()
        else:
            self.send_error(404)

    def do_HEAD(self) -> None:
        """Answer nothing: no client of ours asks."""
        self.send_error(405)

    def log_message(self, format: str, *args: object) -> None:
        """Keep no log of who looked."""


def show(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder with report.html.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8010,
) -> None:
    """Serve a finished report on 127.0.0.1 until you stop it."""
    if not (out / "report.html").exists():
        raise SettingsError(f"no report.html in {out}; make one with: headwater report")
    handler = partial(_ReportOnly, directory=str(out))
    with _server(port, handler) as server:
        words.print(f"The report: http://127.0.0.1:{server.server_port}/ (stop with Ctrl-C)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            words.print("Stopped.")


def _server(port: int, handler: Callable[..., _ReportOnly]) -> ThreadingHTTPServer:
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        raise SettingsError(f"port {port} is taken; give another, or --port 0") from None

"""The portal in one command: pages by gunicorn, work by a process beside it, both ended together."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication

THREADS = 4  # a worker answers so many at once; what takes long is a job, never a page


class Pages(BaseApplication):
    """Gunicorn, told what to serve by us and by no file of its own."""

    def __init__(self, address: str, workers: int, application: Callable[..., Any]) -> None:
        self.settings = {
            "bind": address,
            "workers": workers,
            "threads": THREADS,
            "worker_class": "gthread",
            "control_socket_disable": True,
            "accesslog": None,
            "loglevel": "warning",
            "preload_app": True,
            "proc_name": "headwater",
            "limit_request_line": 4094,
        }
        self.application = application
        super().__init__()

    def load_config(self) -> None:
        """Hand our choices over."""
        for name, value in self.settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """Give the application."""
        return self.application


def serve(address: str, workers: int) -> None:
    """Serve pages and do the work that waits, until a signal ends both."""
    jobs = subprocess.Popen([sys.executable, "-m", "django", "db_worker", "--no-startup-delay"])
    try:
        from headwater.portal.config.wsgi import application

        Pages(address, workers, application).run()
    finally:
        jobs.send_signal(signal.SIGTERM)
        jobs.wait()


def prepared() -> None:
    """Bring the database to this version and lay the style sheets ready."""
    from django.core.management import call_command

    os.umask(0o077)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)

"""The served report: its own files, to this machine, and nothing beside them."""

import http.client
import re
import subprocess
import sys

import pytest

FILES = {"report.html": b"<p>page</p>", "report.json": b"{}", "rejects.csv": b"file,line,reason"}


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """Serve a folder in a process of its own, as a town does; give its port."""
    out = tmp_path_factory.mktemp("out")
    for name, content in FILES.items():
        (out / name).write_bytes(content)
    headwater = "from headwater.landscape import cli; cli.main()"
    command = [sys.executable, "-c", headwater, "show", str(out), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as serving:
        told = serving.stderr.readline()
        yield int(re.search(r"http://127\.0\.0\.1:(\d+)/", told)[1])
        serving.terminate()


def asked(port, path, method="GET", host="127.0.0.1"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={"Host": host})
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.headers


def test_the_bare_address_leads_to_the_page(port):
    status, _, headers = asked(port, "/")
    assert (status, headers["Location"]) == (302, "/report.html")


@pytest.mark.parametrize("name", ["report.html", "report.json"])
def test_the_reports_files_are_served(port, name):
    assert asked(port, f"/{name}")[:2] == (200, FILES[name])


@pytest.mark.parametrize(
    "path", ["/rejects.csv", "/../etc/passwd", "//rejects.csv", "/report.html/../rejects.csv", "/."]
)
def test_nothing_else_is(port, path):
    assert asked(port, path)[0] == 404


def test_a_port_that_is_taken_is_told(port, tmp_path):
    (tmp_path / "report.html").touch()
    headwater = "from headwater.landscape import cli; cli.main()"
    command = [sys.executable, "-c", headwater, "show", str(tmp_path), "--port", str(port)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, f"port {port} is taken" in done.stderr) == (2, True)


def test_another_sites_page_cannot_ask_through_the_readers_browser(port):
    assert asked(port, "/report.html", host="evil.example")[0] == 403


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE"])
def test_it_only_gives(port, method):
    assert asked(port, "/report.html", method)[0] in (405, 501)

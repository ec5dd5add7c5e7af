"""The pages, served as a town serves them, in a real browser: for everybody, light and dark, wide and narrow."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
import town
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
AXE = HERE.parent / "assets" / "axe.min.js"
CHROMIUM = shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
FLAWS = "axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))"
VIEWS = [("light", 1200), ("dark", 1200), ("light", 320), ("dark", 320)]
FILL = "import django; django.setup(); import town; town.filled()"
SERVE = "from headwater.cli import main; main()"
OPEN = ["/sign-in/", "/people/join/a-link/", "/people/back/a-link/", "/nowhere/"]
INSIDE = [
    "/",
    "/people/",
    "/people/1/",
    "/people/invite/",
    "/people/2/leave/",
    "/people/partners/add/",
    "/people/town/",
    "/people/you/",
    "/sign-in/password/",
    "/sign-in/again/",
    "/sign-in/out/",
    "/you/factors/",
    "/you/factors/app/",
    "/you/factors/keys/",
    "/you/factors/keys/new/",
]


class Served(NamedTuple):
    """A portal that answers, and where its things lie."""

    address: str
    home: Path


def environment(home):
    """Give a portal its own folder; on PostgreSQL also a database of its own."""
    database = {}
    if server := os.environ.get("DATABASE_URL"):
        name = f"pages_{os.getpid()}"
        with psycopg.connect(server, autocommit=True) as connected:
            connected.execute(f"CREATE DATABASE {name}")
        database = {"DATABASE_URL": f"{server.rpartition('/')[0]}/{name}"}
    return {
        **os.environ,
        **database,
        "HEADWATER_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "headwater.portal.config.settings",
        "PYTHONPATH": str(HERE),
    }


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def waited_for(address, process):
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/health/") as answer:  # noqa: S310 - ours
                return answer.status == 200
        except OSError:
            assert process.poll() is None, process.stdout.read()
            time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    home, port = tmp_path_factory.mktemp("portal") / "home", free_port()
    its_own = environment(home)
    with_django = {"env": its_own, "check": True, "capture_output": True}
    subprocess.run([sys.executable, "-m", "django", "migrate"], **with_django)
    subprocess.run([sys.executable, "-c", FILL], **with_django)
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, "serve", "--port", str(port), "--workers", "1"],
        env=its_own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    assert waited_for(address, process)
    yield Served(address, home)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no chromium on this system to show the pages in")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


def signed_in(context, served, email="first@fjordby.example"):
    """Sign in through the form, and prove once more who one is."""
    page = context.new_page()
    page.goto(f"{served.address}/sign-in/?next=/people/invite/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", town.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/sign-in/again/**")
    page.fill("[name=password]", town.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/people/invite/")
    return page


@pytest.fixture(scope="module")
def state(browser, served):
    context = browser.new_context()
    signed_in(context, served)
    kept = context.storage_state()
    context.close()
    return kept


def flaws(page):
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return page.evaluate(FLAWS)


def looked_at(context, served, path):
    """Open a page; give what the browser and axe complain of, and how wide it is."""
    page, said, asked = context.new_page(), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served.address + path)
    wide = page.evaluate("document.documentElement.scrollWidth")
    found = flaws(page)
    page.close()
    foreign = [one for one in asked if not one.startswith((served.address, "data:"))]
    noise = [one for one in said if "[DOM]" not in one and "404" not in one]
    return found, noise, foreign, wide


@pytest.mark.parametrize(("scheme", "width"), VIEWS)
def test_every_page_is_quiet_fits_and_is_open_to_all(browser, served, state, scheme, width):
    view = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    for paths, kept in ((OPEN, None), (INSIDE, state)):
        context = browser.new_context(**view, bypass_csp=True, storage_state=kept)
        for path in paths:
            found, noise, foreign, wide = looked_at(context, served, path)
            assert found == [], path
            assert noise == [], path
            assert foreign == [], path
            assert wide <= width, path
        context.close()


def test_a_person_is_invited_and_comes_by_keyboard_alone(browser, served):
    context = browser.new_context()
    page = signed_in(context, served)
    page.focus("[name=email]")
    page.keyboard.type("new@hall.example")
    page.keyboard.press("Tab")
    page.keyboard.type("Fjordby Municipality")
    page.keyboard.press("Tab")
    page.keyboard.type("Analyst")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    link = page.locator("#link").input_value()
    other = browser.new_context().new_page()
    other.goto(link)
    other.focus("[name=name]")
    other.keyboard.type("Nia New")
    other.keyboard.press("Tab")
    other.keyboard.type("yet another quiet walk")
    other.keyboard.press("Enter")
    other.wait_for_url("**/sign-in/**")
    other.fill("[name=login]", "new@hall.example")
    other.fill("[name=password]", "yet another quiet walk")
    other.press("[name=password]", "Enter")
    other.wait_for_url(f"{served.address}/")
    assert "Nia New" in other.content()


def test_all_of_it_works_without_scripts(browser, served):
    context = browser.new_context(java_script_enabled=False)
    page = signed_in(context, served)
    page.goto(f"{served.address}/people/you/")
    page.fill("[name=name]", "First Again")
    page.press("[name=name]", "Enter")
    assert "First Again" in page.content()


def test_a_passkey_signs_in(browser, served):
    context = browser.new_context()
    page = signed_in(context, served, "coordinator@fjordby.example")
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    here = served.address.replace("127.0.0.1", "localhost")  # a passkey belongs to a name
    page.goto(f"{here}/sign-in/?next=/you/factors/keys/new/")
    page.fill("[name=login]", "coordinator@fjordby.example")
    page.fill("[name=password]", town.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/sign-in/again/**")
    page.fill("[name=password]", town.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/keys/new/")
    if page.locator("[name=passwordless]").count():
        page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/you/factors/**codes/**")
    page.goto(f"{here}/sign-in/out/")
    page.click("main button[type=submit]")
    page.goto(f"{here}/sign-in/")
    page.click("#passkey_login")
    page.wait_for_url(f"{here}/")
    assert "Sign out" in page.content()

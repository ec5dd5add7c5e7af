"""The page in a real browser: light and dark, wide and narrow, for everybody."""

import shutil
from pathlib import Path

import pytest
import reports
from playwright.sync_api import sync_playwright

from headwater.landscape.report import page

AXE = Path(__file__).parent.parent / "assets" / "axe.min.js"
CHROMIUM = shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
VIEWS = [("light", 1200), ("dark", 1200), ("light", 320), ("dark", 320)]
FLAWS = "axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.target)]))"
ALL = reports.ALL


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no chromium on this system to show the page in")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(params=ALL, ids=lambda made: made.__name__, scope="module")
def file(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(page.render(request.param()), encoding="utf-8")
    return path


@pytest.mark.parametrize(("scheme", "width"), VIEWS)
def test_the_page_is_quiet_fits_and_is_open_to_all(browser, file, scheme, width):
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True
    )
    shown = context.new_page()
    said, asked = [], []
    shown.on("console", lambda message: said.append(message.text))
    shown.on("pageerror", lambda error: said.append(str(error)))
    shown.on("request", lambda request: asked.append(request.url))
    shown.goto(file.as_uri())
    wide = shown.evaluate("document.documentElement.scrollWidth")
    shown.evaluate(AXE.read_text(encoding="utf-8"))
    flaws = shown.evaluate(FLAWS)
    context.close()
    assert asked == [file.as_uri()]
    assert said == []
    assert wide <= width
    assert flaws == []


def test_the_answer_is_on_the_first_screen_and_the_skip_link_leads_to_it(browser, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(page.render(reports.full()), encoding="utf-8")
    shown = browser.new_page(viewport={"width": 360, "height": 640})
    shown.goto(path.as_uri())
    finding = shown.locator(".headwater-finding").bounding_box()
    shown.keyboard.press("Tab")
    shown.keyboard.press("Enter")
    focused = shown.evaluate("document.activeElement.id")
    shown.close()
    assert finding["y"] + finding["height"] <= 640
    assert focused == "answer"


def test_the_policy_of_the_page_stops_what_it_does_not_need(browser, tmp_path):
    path = tmp_path / "report.html"
    spoilt = page.render(reports.small()).replace("</main>", "<script>document.title='x'</script>")
    path.write_text(spoilt, encoding="utf-8")
    shown = browser.new_page()
    shown.goto(path.as_uri())
    title = shown.title()
    shown.close()
    assert title != "x"

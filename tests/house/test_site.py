"""The site builds without a warning, and every link in it leads somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

import goodoffices as go
from tests.house.source import ROOT, written_case

pytestmark = pytest.mark.slow

FETCHED = {("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"),
           ("source", "src"), ("object", "data")}  # fmt: skip


class Page(HTMLParser):
    """The anchors of a page, what it links to, and what it fetches by itself."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.nameless_images = 0
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.anchors |= {value for key in ("id", "name") if (value := given.get(key))}
        if tag == "a" and (link := given.get("href")):
            self.links.append(link)
        self.fetched += [
            value for key, value in attrs if (tag, key) in FETCHED and value and tag != "a"
        ]
        self.nameless_images += tag == "img" and not given.get("alt")


def outside(link: str) -> bool:
    return re.match(r"^([a-z][a-z0-9+.-]*:|//)", link) is not None


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Page]:
    """Every page of the site, built with every warning an error."""
    folder = tmp_path_factory.mktemp("site")
    answer = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-n", "-q", "-b", "html",
         "-d", str(folder / "doctrees"), str(ROOT / "docs"), str(folder / "html")],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    return {path: Page(path) for path in sorted((folder / "html").rglob("*.html"))}


def test_every_page_of_the_documentation_is_on_the_site(site: dict[Path, Page]) -> None:
    written = {path.stem for path in (ROOT / "docs").rglob("*.md")}
    assert written <= {path.stem for path in site}


def test_every_published_case_is_a_page_of_the_site(site: dict[Path, Page]) -> None:
    tables = sorted((ROOT / "examples" / "published").glob("*/README.md"))
    shown = {path.stem: path for path in site if path.parent.name == "examples"}
    assert tables
    for table in tables:
        title = table.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        page = shown[table.parent.name].read_text(encoding="utf-8")
        assert escape(title, quote=False) in page.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def test_no_link_leads_nowhere(site: dict[Path, Page]) -> None:
    broken = []
    for page in site.values():
        for link in page.links:
            target, anchor = urldefrag(unquote(link))
            path = (page.path.parent / target).resolve() if target else page.path
            missing = anchor and path in site and anchor not in site[path].anchors
            if not outside(link) and (missing or not path.exists()):
                broken.append(f"{page.path.name}: {link}")
    assert broken == []


def test_the_site_fetches_nothing_from_elsewhere(site: dict[Path, Page]) -> None:
    assert [link for page in site.values() for link in page.fetched if outside(link)] == []


def test_every_picture_of_the_site_has_words(site: dict[Path, Page]) -> None:
    assert [page.path.name for page in site.values() if page.nameless_images] == []


def test_every_name_of_the_package_is_on_the_page_of_the_library(site: dict[Path, Page]) -> None:
    (page,) = [page for path, page in site.items() if path.name == "api.html"]
    there = {anchor.rsplit(".", 1)[-1] for anchor in page.anchors}
    assert set(go.__all__) - there == set()


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    path.write_text('<a id="here" href="#gone">x</a><img src="//else.where/x.png">')
    page = Page(path)
    assert page.links == ["#gone"]
    assert "gone" not in page.anchors
    assert page.nameless_images == 1
    assert outside(page.fetched[0])


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_of_the_pages_beside_the_site_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [urldefrag(link)[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    links += re.findall(r'<img[^>]+src="([^"]+)"', text)
    inside = [link for link in links if link and not outside(link)]
    assert [link for link in inside if not (ROOT / link).exists()] == []


def test_the_commands_of_the_ten_minute_page_run(tmp_path: Path) -> None:
    page = ROOT / "docs" / "how-to" / "write-a-case.md"
    (tmp_path / "late-shifts").mkdir()
    (tmp_path / "late-shifts" / "case.yaml").write_text(written_case(page), encoding="utf-8")
    commands = re.findall(r"^\$ goodoffices (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) == 3
    for command in commands:
        answer = subprocess.run(
            [sys.executable, "-m", "goodoffices", *command.split()],
            cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert answer.returncode == 0, answer.stderr
        assert "problem" not in answer.stderr
    assert (tmp_path / "late-shifts.html").stat().st_size > 0

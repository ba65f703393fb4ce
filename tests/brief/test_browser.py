"""The page in a real browser: nothing scrolls sideways on a phone or a desktop, and it is drawn."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from goodoffices.brief import brief_html, reading_html
from goodoffices.casefile import read_case
from goodoffices.reading import read_statements
from goodoffices.reading.documents import read_documents
from goodoffices.reading.drafts import drafts_of
from tests.brief.cases import EXAMPLES, RIGHT_TO_LEFT, SHIFTS, brief_of, example_brief, hostile
from tests.house.source import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
MEASURE = """
<script>
addEventListener("load", () => {
  const frame = document.getElementById("page");
  const inside = frame.contentDocument;
  const wide = [...inside.querySelectorAll("body *")].filter(e =>
    !e.closest(".scroll") && !e.closest(".skip") && !e.closest(".visually-hidden") &&
    !e.closest(".stack thead") &&
    (e.getBoundingClientRect().right > frame.clientWidth + 1 ||
     e.getBoundingClientRect().left < -1));
  const drawn = [...inside.querySelectorAll("svg.plot")].map(s =>
    Math.round(s.getBoundingClientRect().width));
  document.getElementById("answer").textContent = JSON.stringify([
    inside.documentElement.scrollWidth, frame.clientWidth, wide.length,
    wide.slice(0, 3).map(e => e.outerHTML.slice(0, 120)), drawn,
    inside.documentElement.scrollHeight]);
});
</script>
"""


def page(name: str) -> str:
    if name == "elmira":
        return brief_html(brief_of(read_case(ROOT / "examples" / "published" / "hipel-1993")))
    odd = {"shifts": SHIFTS, "right-to-left": RIGHT_TO_LEFT, "hostile": hostile()}
    return brief_html(brief_of(odd[name]) if name in odd else example_brief(name))


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(CHROMIUM), *FLAGS, f"--user-data-dir={folder / 'profile'}",
         "--allow-file-access-from-files", *arguments],
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip


def measured(folder: Path, html: str, width: int) -> list[str]:
    """Return what a frame of that width says of the page: the parts of the script's answer."""
    (folder / "brief.html").write_text(html, encoding="utf-8")
    outer = folder / "outer.html"
    outer.write_text(
        f'<!doctype html><meta charset="utf-8"><p id="answer"></p><iframe id="page" '
        f'src="brief.html" style="inline-size:{width}px;block-size:900px;border:0"></iframe>'
        f"{MEASURE}",
        encoding="utf-8",
    )
    answer = run(folder, "--window-size=1600,1000", "--dump-dom", outer.as_uri())
    found = re.search(r'<p id="answer">\[(\d+),(\d+),(\d+),(.*),(\[[^\]]*\]),(\d+)\]</p>',
                      answer.stdout)  # fmt: skip
    assert found, answer.stdout[:500] + answer.stderr[-500:]
    return list(found.groups())


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", [*EXAMPLES, "elmira", "shifts", "right-to-left", "hostile"])
def test_the_page_does_not_scroll_sideways(name: str, width: int, tmp_path: Path) -> None:
    scroll, client, wide, which, drawn, height = measured(tmp_path, page(name), width)
    assert int(client) == width
    assert int(scroll) <= width
    assert (int(wide), which) == (0, "[]")
    assert int(height) > 1000
    assert "0" not in re.findall(r"\d+", drawn)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_of_drafts_does_not_scroll_sideways(width: int, tmp_path: Path) -> None:
    text = "".join(
        f"The union said “{words}” {'x' * 90}.\n\n"
        for words in ["no " * 60, "لن نقبل العرض", "W" * 120, "<b>never</b>"]
    )
    (document,) = read_documents((text * 4).encode(), "a.md").documents
    html = reading_html([(drafts_of(document, read_statements(document.text)), document.text)])
    scroll, client, wide, which, _, height = measured(tmp_path, html, width)
    assert int(client) == width
    assert int(scroll) <= width
    assert (int(wide), which) == (0, "[]")
    assert int(height) > 1000


def test_the_measure_sees_what_is_too_wide(tmp_path: Path) -> None:
    broken = page("shifts").replace("<footer>", '<div style="inline-size:3000px">x</div><footer>')
    scroll, _, wide, *_ = measured(tmp_path, broken, 390)
    assert int(scroll) >= 3000
    assert int(wide) == 1


def test_the_page_prints(tmp_path: Path) -> None:
    path = tmp_path / "brief.html"
    path.write_text(page("gaza-2025"), encoding="utf-8")
    paper = tmp_path / "brief.pdf"
    run(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={paper}", path.as_uri())
    data = paper.read_bytes()
    assert data.startswith(b"%PDF")
    assert 5 <= len(re.findall(rb"/Type\s*/Page\b", data)) <= 30


def test_the_page_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "brief.html"
    path.write_text(page("gaza-2025"), encoding="utf-8")
    picture = tmp_path / "brief.png"
    run(tmp_path, "--window-size=1280,1800", f"--screenshot={picture}", path.as_uri())
    data = picture.read_bytes()
    assert struct.unpack(">II", data[16:24]) == (1280, 1800)
    assert len(data) > 50_000, "an empty page is a few thousand bytes"

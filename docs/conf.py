"""How the site is built: `make docs`, or the test in tests/house/test_site.py."""

from __future__ import annotations

from importlib.metadata import version as version_of
from typing import Any

project = "Good Offices"
author = "the authors of Good Offices"
project_copyright = "the authors of Good Offices; Apache-2.0"
release = version_of("goodoffices")
version = release
language = "en-GB"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 4

html_theme = "furo"
html_title = "Good Offices"
html_copy_source = False
html_show_sphinx = False

napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_class_signature = "separated"
python_use_unqualified_type_names = True
add_module_names = False

# A reference that leads nowhere is an error, within this site. Names of other projects are not
# looked up, since that would need the network.
nitpicky = True
nitpick_ignore_regex = [
    (
        r"py:.*",
        r"(annotated_types|collections|datetime|decimal|enum|pathlib|pydantic\w*|typing)\b.*",
    ),
    ("py:exc", "PydanticCustomError"),
    ("py:class", "Console"),
    # Inner parts that have no place on the page of the library.
    ("py:class", r"goodoffices\.(casefile\.(nodes|places)|analysis\.zone)\..*"),
    # Functions that read a value, which a type names: Annotated[..., BeforeValidator(_read_span)].
    ("py:class", r"goodoffices(\.\w+)*\._?[a-z]\w*"),
]
# Docstrings put names of the code into single backticks, as these pages do.
default_role = "code"


def plain_docstring(
    _app: Any, what: str, _name: str, _found: Any, _options: Any, lines: Any
) -> None:
    """Make a docstring with fenced blocks readable for reStructuredText.

    An attribute's first sentence may hold a colon, which napoleon would take for the end of a type;
    an empty comment in front of it keeps it from looking.
    """
    if what in {"attribute", "data", "property"}:
        lines[:0] = ["..", ""]
    fenced = False
    for index, line in enumerate(lines):
        if line.lstrip().startswith("```"):
            lines[index] = "" if fenced else "::\n"
            fenced = not fenced
        elif fenced:
            lines[index] = f"    {line}"
    lines[:] = "\n".join(lines).split("\n")


def setup(app: Any) -> None:
    """Called by Sphinx; 400 comes before napoleon, which reads the docstring at 500."""
    app.connect("autodoc-process-docstring", plain_docstring, priority=400)

"""The page from its template. The only module that knows the template engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

_FOLDER = files("tocsin.sinks.html")


def page(values: Mapping[str, object]) -> Iterator[str]:
    """The page in pieces. Every value is escaped; an unknown name in the template is an error."""
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(_read),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # The style is the package's own file, no input: the one text that goes in as it is.
    style = Markup(_read("style.css"))  # noqa: S704
    yield from environment.get_template("report.html.j2").stream(style=style, **values)


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")

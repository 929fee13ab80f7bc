"""The page from its templates. The only module that knows the template engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from tocsin.sinks.account_text import amount
from tocsin.sinks.visible import visible

_FOLDER = files("tocsin.sinks.html") / "templates"


def page(values: Mapping[str, object]) -> Iterator[str]:
    """The page in pieces. Every value is made visible and escaped; an unknown name in a template is an error."""
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(_read),
        finalize=_final,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["amount"] = amount
    environment.globals["newline"] = Markup("\n")
    environment.filters["number"] = "{:,}".format
    # The style is the package's own file, no input: the one text that goes in as it is.
    style = Markup(_read("style.css"))  # noqa: S704
    yield from environment.get_template("report.html.j2").stream(style=style, **values)


def _final(value: object) -> object:
    """What no other place has made visible; markup is the templates' own."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")

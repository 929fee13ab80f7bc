"""One value as one line of JSON: compact, in the order of its keys, safe to print."""

from __future__ import annotations

import json

import msgspec

from tocsin.sinks.visible import ascii_escapes


def json_line(value: object) -> str:
    r"""The value and a line feed. Readable text stays as it is; what a terminal could act upon becomes `\uXXXX`.

    A lone surrogate (a file name that is not UTF-8) is kept as its escape: no other JSON can carry it.
    """
    try:
        text = msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return ascii_escapes(text) + "\n"

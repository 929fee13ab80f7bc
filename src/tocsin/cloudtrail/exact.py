"""The slow, exact way to read one record: numbers keep their text, and what is merely odd is mended.

Used for records that the fast decoder refuses or would change: numbers with a fraction or exponent (`1.0` must stay
`1.0`), bytes that are no UTF-8 and lone surrogates (both become U+FFFD).
"""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

Json = Any  # str, bool, None, list, dict; numbers are str

_LONE = re.compile("[\ud800-\udfff]")


def parse(text: str) -> Json:
    """A JSON text as Python values, numbers as they are written. Of a key that is there twice the last counts.

    Raises `ValueError` for what is no JSON and `RecursionError` for what is nested too deeply.
    """
    value = json.loads(text, parse_int=_integer, parse_float=str, parse_constant=str, strict=False)
    return _mended(value) if "\\ud" in text or "\\uD" in text else value


def record(text: bytes, kind: type) -> Any:
    """One record as a Struct of the given type. Raises as `parse` does, and `msgspec.MsgspecError` for no object."""
    return msgspec.convert(parse(text.decode("utf-8", "replace")), kind)


def _integer(text: str) -> str:
    return "0" if text == "-0" else text  # as the fast decoder has it


def _mended(value: Json) -> Json:
    """The value without lone surrogates: they cannot be written as UTF-8."""
    match value:
        case str():
            return _LONE.sub("\ufffd", value)
        case list():
            return [_mended(each) for each in value]
        case dict():
            return {_mended(key): _mended(each) for key, each in value.items()}
        case _:
            return value

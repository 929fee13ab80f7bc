"""Functions on text. A number argument is taken as text; NULL gives NULL."""

from __future__ import annotations

from tocsin.plan.functions.signature import Function, each, multi, number, text

TABLE = (
    Function("lower", 1, 1, each, "In lower case, each value; NULL gives NULL."),
    Function("upper", 1, 1, each, "In upper case, each value; NULL gives NULL."),
    Function("len", 1, 1, number, "How many characters; NULL for NULL and for several values."),
    Function(
        "substr", 2, 3, each, "From the position (from 1; negative from the end), so many characters; NULL gives NULL."
    ),
    Function("trim", 1, 2, each, "Without the characters (blanks and tabs) at both ends; NULL gives NULL."),
    Function("ltrim", 1, 2, each, "Without the characters (blanks and tabs) at the left end; NULL gives NULL."),
    Function("rtrim", 1, 2, each, "Without the characters (blanks and tabs) at the right end; NULL gives NULL."),
    Function(
        "replace", 3, 3, each, "Every match of the regular expression replaced, `\\1` is a group; NULL gives NULL."
    ),
    Function("urldecode", 1, 1, each, "With %xx decoded; NULL gives NULL."),
    Function(
        "rex",
        3,
        3,
        each,
        "The named group (third) of the first match, each value; NULL if none matches or the group is empty.",
        (1, 2),
    ),
    Function(
        "spath",
        2,
        2,
        multi,
        "The values at a path of JSON text, in all values; NULL where there is none or no text is JSON.",
        (1,),
    ),
    Function(
        "spath_leaf",
        2,
        2,
        multi,
        "The leaves of JSON text, in all values, that have this name as fields of a record would.",
        (1,),
    ),
    Function("md5", 1, 1, text, "The MD5 digest in hexadecimal digits; NULL gives NULL."),
    Function("sha1", 1, 1, text, "The SHA-1 digest in hexadecimal digits; NULL gives NULL."),
    Function("sha256", 1, 1, text, "The SHA-256 digest in hexadecimal digits; NULL gives NULL."),
)

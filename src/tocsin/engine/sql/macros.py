"""Functions that DuckDB lacks, written once in its own SQL. The texts are constant; no data ever enters them.

Arguments that a body names more than once must be plain columns: `Expressions.once` sees to that.
"""

from __future__ import annotations

NUMBER = r"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?$"
# Numbers in JSON that the engine would write in another way. A number, or the end, with all before it that is none.
UNUSUAL = r"(?:^|[:,\[])\s*(?:-0|-?[0-9]+[.eE]|-?[0-9]{16})"
NUMBERED = r'((?:[^"0-9-]|"(?:[^"\\]|\\.)*")*)(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|$)'
MARK = "\ue00d\ue00e\ue00f"  # private characters; a text that has them keeps its numbers as the engine writes them
OCTET = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})"
IPV4 = rf"^{OCTET}(?:\.{OCTET}){{3}}$"

MACROS = (
    # What overflows or is undefined is NULL. Each further mention of x is planned once more: three `nullif` take eight.
    "CREATE MACRO spl_finite(x) AS CASE WHEN isfinite(x) THEN x END",
    # A number that a text spells, NULL for any other text: no blanks, no inf, nan, 0x1F or 1_000.
    f"CREATE MACRO spl_number(x) AS spl_finite(TRY_CAST(regexp_extract(x, '{NUMBER}') AS DOUBLE))",
    # Whole numbers plain, others with up to 15 significant digits and no trailing zeros. Times from 2001 to 2106 have
    # 16, which is microseconds: there a double still tells them apart, and sums stay as short as they are written.
    "CREATE MACRO spl_text(x) AS CASE WHEN x = trunc(x) AND abs(x) < 1e18 "
    "THEN CAST(CAST(x AS BIGINT) AS VARCHAR) "
    "WHEN abs(x) BETWEEN 1e9 AND 4294967295e0 THEN format('{:.16g}', x) ELSE format('{:.15g}', x) END",
    "CREATE MACRO spl_flag(x) AS CASE WHEN x THEN 'True' WHEN NOT x THEN 'False' END",
    # Shifted, rounded with halves away from zero, shifted back, as Splunk does: 10.275 gives 10.28, but 16.275, which
    # is a little less when shifted, 16.27. Written out, for versions of DuckDB differ. What is too large stays.
    "CREATE MACRO spl_shifted(x, p) AS CASE WHEN p < 0 THEN x / pow(10, -p) ELSE x * pow(10, p) END",
    "CREATE MACRO spl_round(x, p) AS CASE WHEN p IS NULL THEN NULL WHEN p < -300 THEN x * 0 WHEN p > 300 THEN x "
    "WHEN abs(spl_shifted(x, p)) < 4503599627370496e0 "
    "THEN spl_shifted(round(spl_shifted(x, p)), -p) ELSE x END",
    # The one value of a list of one.
    "CREATE MACRO spl_single(x) AS CASE WHEN len(x) = 1 THEN x[1] END",
    "CREATE MACRO spl_known(x) AS [v FOR v IN x IF v IS NOT NULL]",
    "CREATE MACRO spl_listed(x) AS CASE WHEN x IS NOT NULL THEN [x] END",
    # Texts that can be joined with unit separators (31); those that were, and the different ones of them.
    "CREATE MACRO spl_joined(x) AS replace(replace(x, chr(30), chr(30) || 'e'), chr(31), chr(30) || 's')",
    "CREATE MACRO spl_joined_list(x) AS array_to_string([spl_joined(v) FOR v IN x], chr(31))",
    "CREATE MACRO spl_unjoined(x) AS [replace(replace(v, chr(30) || 's', chr(31)), chr(30) || 'e', chr(30)) "
    "FOR v IN string_split(x, chr(31))]",
    "CREATE MACRO spl_parted(x) AS [replace(replace(v, chr(30) || 's', chr(31)), chr(30) || 'e', chr(30)) "
    "FOR v IN list_distinct(string_split(x, chr(31)))]",
    # JSON, NULL for what is none. Its numbers become marked texts where the engine would respell them, for they keep
    # what is written; a node as text has them as they were.
    f"CREATE MACRO spl_json(x) AS CASE WHEN regexp_matches(x, '{UNUSUAL}') AND json_valid(x) "
    f"AND NOT regexp_matches(x, '{MARK}|\\\\u[eE]00[d-fD-F]') "
    f"THEN TRY_CAST(left(regexp_replace(x || ' ', '{NUMBERED}', '\\1\"{MARK}\\2\"', 'g'), {-len(MARK) - 2}) AS JSON) "
    "ELSE TRY_CAST(x AS JSON) END",
    "CREATE MACRO spl_json_text(x) AS CASE json_type(x) "
    f"WHEN 'VARCHAR' THEN replace(json_extract_string(x, '$'), '{MARK}', '') "
    f"ELSE regexp_replace(CAST(x AS VARCHAR), '\"{MARK}([^\"]*)\"', '\\1', 'g') END",
    "CREATE MACRO spl_pointer(x) AS '/' || replace(replace(x, '~', '~0'), '/', '~1')",
    # Numbers stand below texts.
    "CREATE MACRO spl_least(x) AS coalesce(spl_text(list_min([spl_number(v) FOR v IN x])), list_min(x))",
    "CREATE MACRO spl_greatest(x) AS coalesce(list_max([v FOR v IN x IF spl_number(v) IS NULL]), "
    "spl_text(list_max([spl_number(v) FOR v IN x])))",
    # Epoch seconds to a UTC timestamp; NULL outside the years 1 to 9999.
    "CREATE MACRO spl_moment(x) AS CASE WHEN x BETWEEN -62135596800e0 AND 253402300799e0 "
    "THEN make_timestamp(CAST(round(x * 1e6) AS BIGINT)) END",
    # What the clocks of zone z show at x; the first moment at which they show w, of which x is the last. Where clocks
    # go back that is the one with the offset of the day before.
    "CREATE MACRO spl_wall(x, z) AS timezone(z, timezone('UTC', spl_moment(x)))",
    "CREATE MACRO spl_before(w, x, z) AS epoch(w) - epoch(spl_wall(x - 86400, z)) + x - 86400",
    "CREATE MACRO spl_first(w, x, z) AS CASE WHEN spl_wall(spl_before(w, x, z), z) = w "
    "THEN least(spl_before(w, x, z), x) ELSE x END",
    # IPv4 address to a number; IPv6 address to 32 hexadecimal digits; NULL for anything else.
    f"CREATE MACRO spl_ipv4(x) AS CASE WHEN regexp_matches(x, '{IPV4}') THEN "
    "split_part(x, '.', 1)::BIGINT * 16777216 + split_part(x, '.', 2)::BIGINT * 65536 "
    "+ split_part(x, '.', 3)::BIGINT * 256 + split_part(x, '.', 4)::BIGINT END",
    # A list of one binds what is mentioned more than once, or all of it would be planned once for each mention.
    "CREATE MACRO spl_ipv6_tail(x) AS [printf('%x:%x', n // 65536, n % 65536) FOR n IN [spl_ipv4(x)]][1]",
    "CREATE MACRO spl_ipv6_plain(x) AS CASE WHEN contains(x, '.') THEN regexp_extract(x, '^(.*:)[0-9.]+$', 1) "
    "|| [spl_ipv6_tail(d) FOR d IN [regexp_extract(x, '[0-9.]+$')]][1] ELSE x END",
    "CREATE MACRO spl_ipv6_groups(x) AS [g FOR g IN string_split(x, ':') IF g <> '']",
    "CREATE MACRO spl_ipv6_full(x) AS CASE WHEN contains(x, '::') THEN list_concat("
    "spl_ipv6_groups(split_part(x, '::', 1)), "
    "['0' FOR i IN range(8 - len(spl_ipv6_groups(x)))], "
    "spl_ipv6_groups(split_part(x, '::', 2))) ELSE string_split(x, ':') END",
    "CREATE MACRO spl_ipv6_digits(x) AS CASE WHEN len(x) = 8 THEN "
    "array_to_string([lpad(lower(g), 4, '0') FOR g IN x], '') END",
    "CREATE MACRO spl_ipv6(x) AS CASE WHEN "
    "regexp_matches(x, '^[0-9A-Fa-f:]*:[0-9A-Fa-f:]*(?:[0-9]+\\.[0-9.]+)?$') "
    "AND len(string_split(x, '::')) <= 2 AND len(string_split(x, ':')) <= 9 THEN "
    "nullif(regexp_extract([spl_ipv6_digits(f) FOR f IN [spl_ipv6_full(p) FOR p IN [spl_ipv6_plain(x)]]][1], "
    "'^[0-9a-f]{32}$'), '') END",
    # An address as text that sorts among those of its kind.
    "CREATE MACRO spl_address(x) AS coalesce('4' || printf('%08x', spl_ipv4(x)), '6' || spl_ipv6(x))",
)

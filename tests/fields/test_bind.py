from __future__ import annotations

from tests.fields.conditions import condition
from tocsin.cloudtrail.bind import bind, missing_fields, want
from tocsin.cloudtrail.fields import FieldOptions, names
from tocsin.plan.demand import Demand
from tocsin.plan.expr import TRUE, Apply, Column, Constant, Type
from tocsin.plan.nodes import Extend, Filter, Rows, Scan, Select, chain

STRICT = FieldOptions()
RAW = {"eventName": Type.text, "userAgent": Type.text, "user": Type.text, "resources{}.ARN": Type.multi}


def demand(*exact: str, patterns: tuple[str, ...] = (), optional: tuple[str, ...] = ()) -> Demand:
    return Demand(frozenset(exact), frozenset(patterns), frozenset(optional))


def test_the_scan_delivers_the_paths_behind_the_fields_and_the_condition() -> None:
    wanted = want(condition("eventName=PutImage msg=success"), demand("src_ip", "awsRegion"), STRICT)
    assert wanted.paths == ("awsRegion", "errorCode", "eventName", "sourceIPAddress")
    assert (wanted.patterns, wanted.raw) == ((), False)


def test_times_and_constants_need_no_path() -> None:
    wanted = want(condition("sourcetype=aws:cloudtrail date_hour<8"), demand("_time", "date_wday", "host"), STRICT)
    assert wanted.paths == ()


def test_the_text_is_delivered_only_to_who_reads_it() -> None:
    assert want(condition("*Delete*"), demand(), STRICT).raw
    assert want(TRUE, demand("tag"), STRICT).raw
    assert not want(TRUE, demand("user", "action"), STRICT).raw


def test_a_field_that_may_be_missing_is_read_all_the_same() -> None:
    assert want(TRUE, demand("userName", optional=("userName",)), STRICT).paths[0] == "requestParameters.roleArn"


def test_a_pattern_is_passed_on_and_brings_the_paths_of_the_fields_that_it_matches() -> None:
    wanted = want(TRUE, demand(patterns=("vendor_a*",)), STRICT)
    assert wanted.patterns == ("vendor_a*",)
    assert wanted.paths == ("recipientAccountId", "userIdentity.accountId")


def test_the_fall_back_reads_what_user_name_reads() -> None:
    path = "requestParameters.sourceIdentity"
    assert path in want(TRUE, demand("user"), FieldOptions(user_fallback=True)).paths
    assert path not in want(TRUE, demand("user"), STRICT).paths


def test_another_source_type_is_known_to_match_nothing() -> None:
    assert want(condition("sourcetype=aws:config eventName=*"), demand(), STRICT).condition == Constant(False)


def test_rows_are_extended_filtered_and_cut_to_the_demand() -> None:
    scan = Scan(condition("eventName=PutImage msg=success"), macro="cloudtrail")
    plan = bind(scan, demand("src", "eventName"), "raw:0", RAW, STRICT)
    match chain(plan):
        case (Rows("raw:0"), Extend() as extend, Filter() as filtered, Select() as select):
            assert extend.columns == (
                ("src", Column("sourceIPAddress")),
                ("msg", Apply("coalesce", (Column("errorCode"), Constant("success")))),
            )
            assert filtered.condition == scan.condition
            assert filtered.macro == "cloudtrail"
            assert select.names == ("eventName", "src")
            assert select.create
        case other:
            raise AssertionError(other)


def test_nothing_to_compute_and_nothing_to_filter_leaves_a_selection() -> None:
    plan = bind(Scan(condition("sourcetype=aws:cloudtrail")), demand("eventName"), "raw", RAW, STRICT)
    assert plan == Select(Rows("raw"), ("eventName",), create=True)


def test_a_name_that_no_record_has_is_a_column_unless_it_is_optional() -> None:
    plan = bind(Scan(TRUE), demand("a", "b", optional=("b",)), "raw", RAW, STRICT)
    assert isinstance(plan, Select)
    assert plan.names == ("a",)


def test_everything_is_time_then_names_in_order_then_internal_ones() -> None:
    raw = {**RAW, "__tocsin_event_id": Type.text}
    plan = bind(Scan(TRUE), demand("_time", "_raw", patterns=("*",), optional=("_time", "_raw")), "raw", raw, STRICT)
    assert isinstance(plan, Select)
    middle = plan.names[1:-1]
    assert (plan.names[0], plan.names[-1]) == ("_time", "_raw")
    assert list(middle) == sorted({*RAW, *names()} - {"_time", "_raw"})


def test_a_pattern_finds_raw_columns_and_fields() -> None:
    plan = bind(Scan(TRUE), demand(patterns=("userA*", "resources*", "user_a*t")), "raw", RAW, STRICT)
    assert isinstance(plan, Select)
    assert plan.names == ("resources{}.ARN", "userAgent", "user_agent")


def test_a_raw_column_named_like_a_field_is_replaced() -> None:
    plan = bind(Scan(TRUE), demand(patterns=("use*r",)), "raw", RAW, STRICT)
    extend = chain(plan)[1]
    assert isinstance(extend, Extend)
    assert [name for name, _ in extend.columns] == ["user"]


def test_fields_that_no_record_had_are_named_unless_optional() -> None:
    wanted = demand("imageTag", "user", "eventName", "repository", optional=("repository",))
    assert missing_fields(wanted, ("eventName",)) == ("imageTag", "user")

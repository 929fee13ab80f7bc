import pytest

from tocsin.sinks.times import moment, splunk_text


@pytest.mark.parametrize(
    ("epoch", "zone", "shown"),
    [
        (1629328650.0, "UTC", "Wed 2021-08-18 23:17:30"),
        (1629328650.999, "UTC", "Wed 2021-08-18 23:17:30"),
        (1629328650.0, "Australia/Sydney", "Thu 2021-08-19 09:17:30"),
        (-0.5, "UTC", "Wed 1969-12-31 23:59:59"),
        (None, "UTC", ""),
        (1e18, "UTC", "1e+18"),
        (float("nan"), "UTC", "nan"),
    ],
)
def test_a_moment_is_read_in_the_zone_to_the_second_below(epoch: float | None, zone: str, shown: str) -> None:
    assert moment(epoch, zone) == shown


def test_the_same_moment_as_the_search_writes_it() -> None:
    assert splunk_text(1629328650.7, "Europe/Berlin") == "2021-08-19T01:17:30"
    assert splunk_text(None, "UTC") == ""

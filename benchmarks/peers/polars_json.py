"""Polars: read_json of each file with a schema of the needed fields, two files at a time."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asked
import polars as pl

TEXT = pl.String
ISSUER = pl.Struct({"sessionIssuer": pl.Struct({"userName": TEXT})})
IDENTITY = pl.Struct({"userName": TEXT, "arn": TEXT, "sessionContext": ISSUER})
ASKED = ("imageTag", "registryId", "repositoryName", "sourceIdentity", "roleArn")
PLAIN = ("eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress")
RECORD = dict.fromkeys(PLAIN, TEXT) | {
    "userIdentity": IDENTITY,
    "requestParameters": pl.Struct(dict.fromkeys(ASKED, TEXT)),
}
COUNT_RECORD = {
    "eventName": TEXT,
    "eventID": TEXT,
    "userIdentity": IDENTITY,
    "requestParameters": pl.Struct({"sourceIdentity": TEXT, "roleArn": TEXT}),
}


def asked_for(name: str) -> pl.Expr:
    return pl.col("requestParameters").struct.field(name)


def identity(name: str) -> pl.Expr:
    return pl.col("userIdentity").struct.field(name)


def issuer() -> pl.Expr:
    return identity("sessionContext").struct.field("sessionIssuer").struct.field("userName")


def frames(corpus: Path, record: dict[str, object]) -> Iterator[pl.DataFrame]:
    schema = {"Records": pl.List(pl.Struct(record))}

    def read(path: Path) -> pl.DataFrame:
        with gzip.open(path) as file:
            return pl.read_json(file.read(), schema=schema).explode("Records").unnest("Records")

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(read, asked.files(corpus))


def flagship(corpus: Path) -> asked.Rows:
    hour, day = pl.col("eventTime").str.slice(11, 2), pl.col("eventTime").str.slice(0, 10).str.to_date()
    late = (hour >= "20") | (hour < "08") | (day.dt.weekday() >= 6)
    user = pl.coalesce(identity("userName"), issuer())
    keys = (
        *(pl.col(name) for name in ("awsRegion", "eventName", "eventSource")),
        user.alias("user"),
        user.alias("userName"),
        pl.col("sourceIPAddress").alias("src_ip"),
        asked_for("imageTag"),
        asked_for("registryId"),
        asked_for("repositoryName").alias("repository"),
        pl.lit("release").alias("phase"),
        pl.lit("medium").alias("severity"),
    )
    pushes = (pl.col("eventSource") == "ecr.amazonaws.com") & (pl.col("eventName") == "PutImage") & late
    found = [frame.filter(pushes).select(*keys, "eventTime") for frame in frames(corpus, RECORD)]
    time = pl.col("eventTime").str.slice(0, 19)
    rows = pl.concat(found).drop_nulls().group_by(asked.FLAGSHIP[:11])
    return rows.agg(time.min().alias("firstTime"), time.max().alias("lastTime")).iter_rows(named=True)


def counts(corpus: Path) -> asked.Rows:
    arn = pl.coalesce(identity("arn"), asked_for("roleArn")).str.extract("([^:/]*)$")
    name = pl.coalesce(identity("userName"), asked_for("sourceIdentity"), issuer(), arn).alias("userName")
    found = [frame.select(name, "eventName", "eventID").drop_nulls() for frame in frames(corpus, COUNT_RECORD)]
    return pl.concat(found).unique("eventID").group_by("userName", "eventName").len("count").iter_rows(named=True)


if __name__ == "__main__":
    asked.run({"flagship": flagship, "counts": counts})

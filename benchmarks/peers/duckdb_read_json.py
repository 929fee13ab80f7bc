"""DuckDB as people write it: read_json with the columns spelled out."""

from __future__ import annotations

from pathlib import Path

import asked
import duckdb
from duckdb_best import COUNTS, FLAGSHIP, ID

IDENTITY = (
    "userIdentity STRUCT(userName VARCHAR, arn VARCHAR, sessionContext STRUCT(sessionIssuer STRUCT(userName VARCHAR)))"
)
ASKED = "imageTag VARCHAR, registryId VARCHAR, repositoryName VARCHAR, sourceIdentity VARCHAR, roleArn VARCHAR"
RECORD = (
    "eventTime VARCHAR, eventSource VARCHAR, eventName VARCHAR, awsRegion VARCHAR, sourceIPAddress VARCHAR, "
    f"{IDENTITY}, requestParameters STRUCT({ASKED})"
)
COUNT_RECORD = (
    f"eventName VARCHAR, eventID VARCHAR, {IDENTITY}, requestParameters STRUCT(sourceIdentity VARCHAR, roleArn VARCHAR)"
)
RECORDS = """SELECT unnest(Records) AS r FROM read_json(?, columns = {{'Records': 'STRUCT({record})[]'}},
  maximum_object_size = 134217728)"""


def flagship(corpus: Path) -> asked.Rows:
    sql = FLAGSHIP.format(records=RECORDS.format(record=RECORD))
    return asked.named(asked.FLAGSHIP, duckdb.execute(sql, [f"{corpus}/**/*.json.gz"]).fetchall())


def counts(corpus: Path) -> asked.Rows:
    sql = COUNTS.format(records=RECORDS.format(record=COUNT_RECORD), more=ID)
    return asked.named(asked.COUNTS, duckdb.execute(sql, [f"{corpus}/**/*.json.gz"]).fetchall())


if __name__ == "__main__":
    asked.run({"flagship": flagship, "counts": counts})

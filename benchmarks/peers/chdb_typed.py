"""chDB (ClickHouse in the process) with typed columns: each file is one row that holds an array of records."""

from __future__ import annotations

import json
from pathlib import Path

import asked
import chdb

IDENTITY = (
    "userIdentity Tuple(userName Nullable(String), arn Nullable(String), "
    "sessionContext Tuple(sessionIssuer Tuple(userName Nullable(String))))"
)
NAMES = ("imageTag", "registryId", "repositoryName", "sourceIdentity", "roleArn")
ASKED = ", ".join(f"{name} Nullable(String)" for name in NAMES)
TEXTS = ", ".join(f"{name} String" for name in ("eventTime", "eventSource", "eventName", "awsRegion"))
RECORD = f"{TEXTS}, sourceIPAddress Nullable(String), {IDENTITY}, requestParameters Tuple({ASKED})"
COUNT_RECORD = (
    f"eventName String, {IDENTITY}, requestParameters Tuple(sourceIdentity Nullable(String), roleArn Nullable(String))"
)
FLAGSHIP = """
SELECT r.awsRegion, r.eventName, r.eventSource,
  coalesce(r.userIdentity.userName, r.userIdentity.sessionContext.sessionIssuer.userName) AS u, u AS user_name,
  r.sourceIPAddress, r.requestParameters.imageTag, r.requestParameters.registryId, r.requestParameters.repositoryName,
  'release', 'medium', substring(min(r.eventTime), 1, 19), substring(max(r.eventTime), 1, 19)
FROM {records} ARRAY JOIN Records AS r
WHERE r.eventSource = 'ecr.amazonaws.com' AND r.eventName = 'PutImage'
  AND (substring(r.eventTime, 12, 2) >= '20' OR substring(r.eventTime, 12, 2) < '08'
    OR toDayOfWeek(toDate(substring(r.eventTime, 1, 10))) >= 6)
  AND u IS NOT NULL AND r.sourceIPAddress IS NOT NULL AND r.requestParameters.imageTag IS NOT NULL
  AND r.requestParameters.registryId IS NOT NULL AND r.requestParameters.repositoryName IS NOT NULL
GROUP BY r.awsRegion, r.eventName, r.eventSource, u, r.sourceIPAddress, r.requestParameters.imageTag,
  r.requestParameters.registryId, r.requestParameters.repositoryName
"""
NAMED = """
SELECT coalesce(r.userIdentity.userName, r.requestParameters.sourceIdentity,
  r.userIdentity.sessionContext.sessionIssuer.userName,
  extract(coalesce(r.userIdentity.arn, r.requestParameters.roleArn), '[^:/]*$')) AS u, r.eventName AS n
FROM {records} ARRAY JOIN Records AS r WHERE u IS NOT NULL
"""
DELIVERED = f"SELECT u, n, count() FROM ({NAMED}) GROUP BY u, n"
COUNTS = f"SELECT u, n, count() FROM ({NAMED} LIMIT 1 BY r.eventID) GROUP BY u, n"


def answered(sql: str, corpus: Path, record: str, columns: tuple[str, ...]) -> asked.Rows:
    records = f"file('{corpus.resolve()}/**/*.json.gz', 'JSONEachRow', 'Records Array(Tuple({record}))')"
    text = str(chdb.query(sql.format(records=records), "JSONCompactEachRow"))
    return asked.named(columns, map(json.loads, text.splitlines()))


def flagship(corpus: Path) -> asked.Rows:
    return answered(FLAGSHIP, corpus, RECORD, asked.FLAGSHIP)


def counts(corpus: Path) -> asked.Rows:
    return answered(COUNTS, corpus, f"eventID String, {COUNT_RECORD}", asked.COUNTS)


def delivered(corpus: Path) -> asked.Rows:
    return answered(DELIVERED, corpus, COUNT_RECORD, asked.COUNTS)


if __name__ == "__main__":
    asked.run({"flagship": flagship, "counts": counts, "delivered": delivered})

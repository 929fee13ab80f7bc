"""DuckDB as fast as we could make it: whole files as JSON values, only the needed fields taken out, then rows."""

from __future__ import annotations

from pathlib import Path

import asked
import duckdb

FIELDS = """{"Records": [{"eventTime": "VARCHAR", "eventSource": "VARCHAR", "eventName": "VARCHAR",
  "awsRegion": "VARCHAR", "sourceIPAddress": "VARCHAR", "userIdentity": {"userName": "VARCHAR", "arn": "VARCHAR",
  "sessionContext": {"sessionIssuer": {"userName": "VARCHAR"}}}, "requestParameters": {"imageTag": "VARCHAR",
  "registryId": "VARCHAR", "repositoryName": "VARCHAR", "sourceIdentity": "VARCHAR", "roleArn": "VARCHAR"}}]}"""
COUNT_FIELDS = """{"Records": [{"eventName": "VARCHAR", %s"userIdentity": {"userName": "VARCHAR", "arn": "VARCHAR",
  "sessionContext": {"sessionIssuer": {"userName": "VARCHAR"}}},
  "requestParameters": {"sourceIdentity": "VARCHAR", "roleArn": "VARCHAR"}}]}"""
RECORDS = """SELECT unnest(json_transform(json, ?).Records) AS r
  FROM read_ndjson_objects(?, maximum_object_size = 134217728)"""
FLAGSHIP = """
SELECT r.awsRegion, r.eventName, r.eventSource,
  coalesce(r.userIdentity.userName, r.userIdentity.sessionContext.sessionIssuer.userName) AS u, u AS user_name,
  r.sourceIPAddress, r.requestParameters.imageTag, r.requestParameters.registryId, r.requestParameters.repositoryName,
  'release', 'medium', min(r.eventTime)[:19], max(r.eventTime)[:19]
FROM ({records})
WHERE r.eventSource = 'ecr.amazonaws.com' AND r.eventName = 'PutImage'
  AND (r.eventTime[12:13] >= '20' OR r.eventTime[12:13] < '08' OR isodow(r.eventTime[:10]::DATE) >= 6)
  AND u IS NOT NULL AND r.sourceIPAddress IS NOT NULL AND r.requestParameters.imageTag IS NOT NULL
  AND r.requestParameters.registryId IS NOT NULL AND r.requestParameters.repositoryName IS NOT NULL
GROUP BY ALL
"""
ID = ", r.eventID AS id"
NAMED = """
SELECT coalesce(r.userIdentity.userName, r.requestParameters.sourceIdentity,
  r.userIdentity.sessionContext.sessionIssuer.userName,
  regexp_extract(coalesce(r.userIdentity.arn, r.requestParameters.roleArn), '[^:/]*$')) AS u, r.eventName AS n{more}
FROM ({records}) WHERE u IS NOT NULL
"""
DELIVERED = f"SELECT u, n, count(*) FROM ({NAMED}) GROUP BY ALL"
COUNTS = f"SELECT u, n, count(DISTINCT id) FROM ({NAMED}) GROUP BY ALL"


def flagship(corpus: Path) -> asked.Rows:
    sql = FLAGSHIP.format(records=RECORDS)
    return asked.named(asked.FLAGSHIP, duckdb.execute(sql, [FIELDS, f"{corpus}/**/*.json.gz"]).fetchall())


def counts(corpus: Path) -> asked.Rows:
    sql = COUNTS.format(records=RECORDS, more=ID)
    fields = COUNT_FIELDS % '"eventID": "VARCHAR", '
    return asked.named(asked.COUNTS, duckdb.execute(sql, [fields, f"{corpus}/**/*.json.gz"]).fetchall())


def delivered(corpus: Path) -> asked.Rows:
    sql = DELIVERED.format(records=RECORDS, more="")
    return asked.named(asked.COUNTS, duckdb.execute(sql, [COUNT_FIELDS % "", f"{corpus}/**/*.json.gz"]).fetchall())


if __name__ == "__main__":
    asked.run({"flagship": flagship, "counts": counts, "delivered": delivered})

"""zcat and jq in a pipe, as one does at a prompt; the few lines that come out are grouped in Python."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import asked

FLAGSHIP = """
.Records[]
| select(.eventSource == "ecr.amazonaws.com" and .eventName == "PutImage")
| (.eventTime[11:13] | tonumber) as $hour
| select($hour >= 20 or $hour < 8 or (.eventTime | fromdate | strftime("%u") | tonumber) >= 6)
| (.userIdentity.userName // .userIdentity.sessionContext.sessionIssuer.userName) as $user
| [.awsRegion, .eventName, .eventSource, $user, $user, .sourceIPAddress, .requestParameters.imageTag,
   .requestParameters.registryId, .requestParameters.repositoryName, "release", "medium", .eventTime[:19]]
| select(all(. != null))
"""
COUNTS = """
.Records[]
| (.userIdentity.userName // .requestParameters.sourceIdentity // .userIdentity.sessionContext.sessionIssuer.userName
   // ((.userIdentity.arn // .requestParameters.roleArn) | select(. != null) | split(":")[-1] | split("/")[-1])) as $u
| select($u != null) | [$u, .eventName], .eventID
"""


def lines(program: str, corpus: Path) -> Iterator[str]:
    find = subprocess.Popen(["find", corpus, "-name", "*.json.gz", "-print0"], stdout=subprocess.PIPE)
    zcat = subprocess.Popen(["xargs", "-0", "zcat"], stdin=find.stdout, stdout=subprocess.PIPE)
    jq = subprocess.Popen(["jq", "-c", program], stdin=zcat.stdout, stdout=subprocess.PIPE, text=True)
    assert jq.stdout is not None
    yield from jq.stdout
    if any(each.wait() for each in (find, zcat, jq)):
        raise SystemExit("find, zcat or jq failed")


def flagship(corpus: Path) -> asked.Rows:
    groups: dict[tuple[str, ...], list[str]] = {}
    for line in lines(FLAGSHIP, corpus):
        *key, time = json.loads(line)
        groups.setdefault(tuple(key), []).append(time)
    return asked.named(asked.FLAGSHIP, ((*key, min(times), max(times)) for key, times in groups.items()))


def counts(corpus: Path) -> asked.Rows:
    found: Counter[str] = Counter()
    seen: set[str] = set()
    both = lines(COUNTS, corpus)
    for key, event_id in zip(both, both, strict=True):
        if event_id not in seen:
            seen.add(event_id)
            found[key] += 1
    return asked.named(asked.COUNTS, ((*json.loads(line), count) for line, count in found.items()))


if __name__ == "__main__":
    asked.run({"flagship": flagship, "counts": counts})

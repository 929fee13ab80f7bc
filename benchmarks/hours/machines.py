"""What runs without people: pipelines around the clock, nightly builds, a mirror, the registry's own copies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from benchmarks.hours.lives import Activity, instant, poisson, records
from benchmarks.hours.people import ACCOUNT
from benchmarks.hours.pushes import Push
from benchmarks.hours.rates import START, WEEKS, Rates

from tocsin.hours import Subject
from tocsin.hours.learn import Sighting

CI, NIGHTLY, MIRROR = "ci-images", "nightly-rebuild", "svc-mirror"
_REGIONS = ("eu-central-1", "us-east-1", "us-west-2")
_AGENTS = {
    CI: "aws-sdk-go-v2/1.24 configure-aws-credentials-for-github-actions",
    NIGHTLY: "Boto3/1.34 exec-env/AWS_ECS_FARGATE",
    MIRROR: "skopeo/1.14",
}


def robot(name: str, region: str = "us-east-1", repository: str = "") -> Subject:
    """Whom a robot's records name; the mirror is an IAM user, the others are roles."""
    if name == MIRROR:
        return Subject(f"arn:aws:iam::{ACCOUNT}:user/{name}", name, "", "", ACCOUNT, repository, region, "IAMUser")
    session = "GitHubActions" if name == CI else "1706000000000000000"
    arn = f"arn:aws:sts::{ACCOUNT}:assumed-role/{name}/{session}"
    return Subject(arn, "", name, session, ACCOUNT, repository, region, "AssumedRole")


def run_machines(random: Random, rates: Rates, activity: Activity, weeks: int = WEEKS) -> None:
    """Adds all runs of all machines; the pipeline also runs at each of the activity's builds."""
    for at, name, repository, region in [*_runs(random, rates, activity.builds, weeks)]:
        subject = robot(name, region, repository)
        address = f"203.0.113.{random.randrange(200)}" if name == CI else "203.0.113.250"
        activity.sightings.append(Sighting(subject, at, at, 1, _AGENTS[name], address))
        made = list(records(subject, at, address, f"robot {name}", "", random, rates))
        activity.pushes.extend(made)
        if name == CI and random.random() < rates.copied and not made[-1].failed:
            _copy(made[-1], activity)


def _runs(random: Random, rates: Rates, builds: list[int], weeks: int) -> Iterator[tuple[int, str, str, str]]:
    for at in builds:
        yield at, CI, f"apps/app-{random.randrange(30)}", random.choice(_REGIONS)
    for number in range(7 * weeks):
        midnight = instant(START + timedelta(days=number), 0, "UTC")
        for _ in range(poisson(rates.updates, random)):
            yield midnight + random.randrange(86_400), CI, f"apps/app-{random.randrange(30)}", random.choice(_REGIONS)
        for image in range(rates.nightly):
            yield midnight + 4_620 + 90 * image + random.randrange(30), NIGHTLY, f"base/image-{image}", "us-east-1"
        for hour in (0, 6, 12, 18):
            if random.random() < rates.mirrored:
                at = midnight + hour * 3_600 + 1_800 + random.randrange(20)
                yield at, MIRROR, f"mirror/upstream-{random.randrange(12)}", "us-east-1"


def _copy(push: Push, activity: Activity) -> None:
    at, repository = push.at + 5, push.subject.repository
    subject = Subject("", "", "", "", ACCOUNT, repository, "ap-southeast-2", "AWSService")
    service = "replication.ecr.amazonaws.com"
    activity.sightings.append(Sighting(subject, at, at, 1, service, service, service=service))
    activity.pushes.append(Push(at, subject, service, push.tag, "service", service=True))

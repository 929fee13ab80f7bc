"""Who holds the tool: what a user agent says about a person or a machine behind a call."""

from __future__ import annotations

import re
from functools import lru_cache

HUMAN = "human"
TOOL = "tool"
SDK = "sdk"
MACHINE = "machine"
SERVICE = "service"

_HUMAN = re.compile(
    r"mozilla/|console\.(?:aws\.)?amazon(?:aws)?\.com|signin\.amazonaws\.com|s3console|aws-?console|cloudshell|"
    r"aws-toolkit|session-manager-plugin",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"exec-env/aws_(?:lambda|ecs|eks|codebuild|batch|apprunner|glue)|github-?actions|configure-aws-credentials|"
    r"gitlab-runner|jenkins|circleci|buildkite|teamcity|bitbucket-?pipelines|azure-?pipelines|argo-?cd|flux|"
    r"kubelet|kubernetes|karpenter|autoscaler|ecr-credential|amazon-ssm-agent|datadog|custodian|prowler|"
    r"vault/|spinnaker|atlantis|renovate|dependabot",
    re.IGNORECASE,
)
_TOOL = re.compile(
    r"aws-cli/|docker|containerd|buildkit|buildah|podman|skopeo|crane|go-containerregistry|kaniko|terraform|"
    r"hashicorp|opentofu|pulumi|aws-cdk|ansible|powershell|eksctl|kubectl|helm|copilot|sam-cli|granted",
    re.IGNORECASE,
)
_SDK = re.compile(r"boto|aws-sdk|awssdk|aws-internal/|\bsdk\b|java/|python/|okhttp|axios|curl/", re.IGNORECASE)


@lru_cache(maxsize=65_536)
def hand_of(agent: str, service: str = "") -> str:
    """`human` (browser, console), `tool` (used by people and pipelines alike), `sdk`, `machine` or `service`.

    `AWS Internal` is what a docker push and much of the console are recorded with, so it counts as a tool. What
    is not known is a tool as well: it speaks for neither.

    >>> hand_of("aws-cli/2.15.30 md/Botocore#1.34"), hand_of("Boto3/1.26 exec-env/AWS_Lambda_python3.12")
    ('tool', 'machine')
    """
    if service.lower().endswith(".amazonaws.com"):
        return SERVICE
    for pattern, hand in ((_MACHINE, MACHINE), (_HUMAN, HUMAN), (_TOOL, TOOL), (_SDK, SDK)):
        if pattern.search(agent):
            return hand
    return SERVICE if agent.lower().endswith(".amazonaws.com") and "ecr" not in agent.lower() else TOOL

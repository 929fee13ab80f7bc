"""Which account, and whose product."""

from __future__ import annotations

from tocsin.cloudtrail.fields.field import calculated, lookup
from tocsin.cloudtrail.fields.paths import ACCOUNT, USER_TYPE

ACCOUNTS = (
    calculated(
        "aws_account_id",
        f'if({USER_TYPE} IN ("AWSAccount", "AWSService"), recipientAccountId, {ACCOUNT})',
        "The caller's account, but the account that got the record if the caller is another account or a service. "
        "NULL for SAML and web identities.",
    ),
    calculated(
        "vendor_account",
        f"coalesce({ACCOUNT}, recipientAccountId)",
        "The caller's account, else the account that got the record.",
    ),
    calculated("vendor_product", '"AWS CloudTrail"', "Always the same."),
    lookup("vendor", '"Amazon Web Services"', "Always the same; by source type."),
    lookup("product", '"CloudTrail"', "Always the same; by source type."),
)

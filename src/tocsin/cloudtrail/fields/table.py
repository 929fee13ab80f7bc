"""The table: every field of the AWS add-on and every default field, in a stable order."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tocsin.cloudtrail.fields.account import ACCOUNTS
from tocsin.cloudtrail.fields.action import ACTION
from tocsin.cloudtrail.fields.aliases import ALIASES
from tocsin.cloudtrail.fields.change_type import CHANGE_TYPE
from tocsin.cloudtrail.fields.default import DEFAULTS
from tocsin.cloudtrail.fields.eventtypes import EVENT_TYPE_FIELDS
from tocsin.cloudtrail.fields.field import FieldDoc
from tocsin.cloudtrail.fields.network import NETWORK
from tocsin.cloudtrail.fields.object_category import OBJECT_CATEGORY
from tocsin.cloudtrail.fields.outcome import OUTCOME
from tocsin.cloudtrail.fields.source_user import SOURCE_USER
from tocsin.cloudtrail.fields.target import TARGET
from tocsin.cloudtrail.fields.user import USER

TABLE: Mapping[str, FieldDoc] = MappingProxyType(
    {
        field.name: field
        for family in (
            DEFAULTS,
            ALIASES,
            OUTCOME,
            USER,
            SOURCE_USER,
            ACCOUNTS,
            TARGET,
            NETWORK,
            ACTION,
            CHANGE_TYPE,
            OBJECT_CATEGORY,
            EVENT_TYPE_FIELDS,
        )
        for field in family
    }
)

"""What a change to a security group or a network access list allows."""

from __future__ import annotations

from tocsin.cloudtrail.fields.field import FieldDoc, calculated, lookup

_ITEMS = "requestParameters.ipPermissions.items{}"
_CODE = f"coalesce('requestParameters.aclProtocol', '{_ITEMS}.ipProtocol')"
_RANGE = f"coalesce('requestParameters.cidrBlock', '{_ITEMS}.ipRanges.items{{}}.cidrIp')"
_INBOUND = """\
(like(eventName, "%NetworkAcl%") AND 'requestParameters.egress'="false")
    OR like(eventName, "%SecurityGroupIngress")"""
_OUTBOUND = """\
(like(eventName, "%NetworkAcl%") AND 'requestParameters.egress'="true")
    OR like(eventName, "%SecurityGroupEgress")"""
_FROM = f"coalesce('requestParameters.portRange.from', '{_ITEMS}.fromPort')"
_TO = f"coalesce('requestParameters.portRange.to', '{_ITEMS}.toPort')"
_PORTS = f'mvzip({_FROM}, {_TO}, "-")'

NETWORK: tuple[FieldDoc, ...] = (
    calculated(
        "direction",
        f'case({_INBOUND}, "Inbound",\n    {_OUTBOUND}, "Outbound")',
        "Which way the rule lets traffic go.",
    ),
    calculated(
        "rule_action",
        "case(like(eventName, \"%NetworkAcl%\"), 'requestParameters.ruleAction',\n"
        '    like(eventName, "AuthorizeSecurityGroup%"), "allow")',
        "`allow` or `deny`; adding to a security group is always `allow`.",
    ),
    calculated(
        "protocol_code",
        f'if(like(eventName, "%NetworkAcl%") OR like(eventName, "%SecurityGroup%"),\n    {_CODE}, null())',
        "The protocol as the rule writes it: a number, `-1` for all, or a name.",
    ),
    calculated(
        "src_ip_range",
        f"if({_INBOUND},\n    {_RANGE}, null())",
        "The addresses that an inbound rule is about.",
    ),
    calculated(
        "dest_ip_range",
        f"if({_OUTBOUND},\n    {_RANGE}, null())",
        "The addresses that an outbound rule is about.",
    ),
    calculated(
        "src_port_range",
        f"if({_INBOUND},\n    {_PORTS}, null())",
        "The ports, `from-to`, that an inbound rule is about.",
    ),
    calculated(
        "dest_port_range",
        f"if({_OUTBOUND},\n    {_PORTS}, null())",
        "The ports, `from-to`, that an outbound rule is about.",
    ),
    lookup(
        "protocol",
        """
case(
    protocol_code="-1", "all",
    protocol_code="1", "icmp",
    protocol_code="6", "tcp",
    protocol_code="17", "udp",
    protocol_code="58", "icmpv6",
    protocol_code IN ("icmp", "tcp", "udp", "icmpv6"), protocol_code)
""",
        "The protocol by name; `all` for every protocol.",
    ),
)

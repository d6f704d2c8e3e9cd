"""Words of the configurations of network devices (Cisco, Fortinet, Juniper, Huawei), as in their manuals."""

from chalicelib.domain.redaction.spans import Kind

ANCHORS = {
    "community": Kind.COMMUNITY,
    "secret": Kind.SECRET,
    "password": Kind.PASSWORD,
    "passwd": Kind.PASSWORD,
    "passphrase": Kind.PASSWORD,
    "wpa-passphrase": Kind.PASSWORD,
    "key": Kind.KEY,
    "psksecret": Kind.KEY,
    "pre-shared-key": Kind.KEY,
    "preshared-key": Kind.KEY,
    "key-string": Kind.KEY,
    "authentication-key": Kind.KEY,
    "message-digest-key": Kind.KEY,
    "wpa-psk": Kind.KEY,
    "encrypted-password": Kind.PASSWORD,
    "auth": Kind.PASSWORD,
    "priv": Kind.PASSWORD,
    "2c": Kind.COMMUNITY,
    "md5": Kind.KEY,
}
"""Words that a secret follows, once the line has begun as one of a configuration."""

CONTEXTS = {
    "community": {"snmp-server", "snmp-agent", "snmp"},
    "secret": {"enable", "username", "set"},
    "password": {"enable", "username", "neighbor", "ppp", "set", "local-user"},
    "passwd": {"set"},
    "passphrase": {"set"},
    "wpa-passphrase": set[str](),
    "key": {"radius-server", "tacacs-server", "isakmp", "radius", "tacacs"},
    "psksecret": set[str](),
    "pre-shared-key": set[str](),
    "preshared-key": set[str](),
    "key-string": set[str](),
    "authentication-key": {"ip", "ntp", "ospf"},
    "message-digest-key": {"ip", "ospf"},
    "wpa-psk": set[str](),
    "encrypted-password": set[str](),
    "auth": {"snmp-server", "snmp-agent"},
    "priv": {"snmp-server", "snmp-agent"},
    "2c": {"snmp-server", "snmp-agent"},
    "md5": {"ntp", "ospf", "standby"},
}
"""Words of which one has to come before; none is needed where the anchor is a word of configurations alone."""

FILLERS = frozenset(
    "0 5 6 7 8 9 14 ascii-text ascii local remote local-auth remote-auth cipher simple irreversible-cipher encrypted "
    "hash hex sha sha256 md5 aes des 3des 128 192 256 enc level 15 1 plain-text clear-text plaintext secret password "
    "read write version 2c aes128 aes256".split()
)
"""Words between an anchor and its secret: how it is encrypted, which side it is for."""

FOLLOWERS = frozenset(
    "ro rw address address-pool view access-list ipv6 priv auth privilege encrypted hostname no-xauth timeout "
    "retransmit port auth-port acct-port group key-id local remote level unrestricted restricted".split()
)
"""What may follow a secret that is a plain word; other words make the line a sentence."""

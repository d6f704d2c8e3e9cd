"""Logins that devices are delivered with, in lower case. Source: the vendors' own manuals."""

DEFAULT_LOGINS = frozenset(
    {
        ("root", "calvin"),  # Dell iDRAC
        ("root", "changeme"),  # Oracle ILOM
        ("userid", "passw0rd"),  # Lenovo XClarity, IBM IMM
        ("pi", "raspberry"),
        ("root", "toor"),
        ("ubnt", "ubnt"),
    }
)
"""Only pairs whose second half is no word of a path or a role: `admin/admin` is found in prose too."""

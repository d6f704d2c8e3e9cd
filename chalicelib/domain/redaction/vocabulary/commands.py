"""Commands that take a secret, and where it stands among their arguments. Source: each command's own help."""

from typing import NamedTuple


class Rule(NamedTuple):
    """Where a command takes secrets. Letter case counts, as it does for most of these commands."""

    next_to: tuple[str, ...] = ()
    """Flags whose next argument is a secret."""
    attached: tuple[str, ...] = ()
    """Flags that the secret is written onto."""
    pairs: tuple[str, ...] = ()
    """Flags whose argument is `user:secret`, `user%secret` or `user,secret`."""
    needs: str = ""
    """A word that has to come before, as `login` in `docker login`."""


_MYSQL = Rule(attached=("-p", "--password="))
_SQL = Rule(next_to=("-P",), attached=("-P",))
_SNMP = Rule(next_to=("-c", "-A", "-X"))
_LOGIN = Rule(next_to=("-p", "--password"), needs="login")

COMMANDS = {
    "psexec": Rule(next_to=("-p",)),
    "psexec64": Rule(next_to=("-p",)),
    "paexec": Rule(next_to=("-p",)),
    "curl": Rule(pairs=("-u", "--user", "-U", "--proxy-user", "--user=")),
    "wget": Rule(attached=("--password=", "--http-password=", "--ftp-password=")),
    "mysql": _MYSQL,
    "mysqldump": _MYSQL,
    "mysqladmin": _MYSQL,
    "mariadb": _MYSQL,
    "mongo": Rule(next_to=("-p",)),
    "mongosh": Rule(next_to=("-p",)),
    "mongodump": Rule(next_to=("-p",)),
    "sqlcmd": _SQL,
    "osql": _SQL,
    "isql": _SQL,
    "bcp": _SQL,
    "unzip": _SQL,
    "zip": _SQL,
    "sshpass": Rule(next_to=("-p",), attached=("-p",)),
    "plink": Rule(next_to=("-pw",)),
    "pscp": Rule(next_to=("-pw",)),
    "putty": Rule(next_to=("-pw",)),
    "winscp": Rule(attached=("/password=",)),
    "smbclient": Rule(pairs=("-U", "--user"), next_to=("--password",)),
    "rpcclient": Rule(pairs=("-U", "--user")),
    "winexe": Rule(pairs=("-U",)),
    "lftp": Rule(pairs=("-u",)),
    "ldapsearch": Rule(next_to=("-w",), attached=("-w",)),
    "ldapmodify": Rule(next_to=("-w",)),
    "ldapwhoami": Rule(next_to=("-w",)),
    "docker": _LOGIN,
    "podman": _LOGIN,
    "nerdctl": _LOGIN,
    "helm": Rule(next_to=("--password",), needs="login"),
    "az": Rule(next_to=("-p", "--password"), needs="login"),
    "oc": Rule(next_to=("-p", "--password"), needs="login"),
    "redis-cli": Rule(next_to=("-a", "--pass")),
    "xfreerdp": Rule(attached=("/p:",)),
    "wfreerdp": Rule(attached=("/p:",)),
    "rdesktop": Rule(next_to=("-p",)),
    "7z": Rule(attached=("-p",)),
    "7za": Rule(attached=("-p",)),
    "rar": Rule(attached=("-p", "-hp")),
    "unrar": Rule(attached=("-p",)),
    "openssl": Rule(attached=("pass:",), next_to=("-k", "-pass")),
    "certutil": Rule(next_to=("-p",)),
    "signtool": Rule(next_to=("/p", "-p")),
    "keytool": Rule(next_to=("-storepass", "-keypass", "-srcstorepass", "-deststorepass")),
    "cmdkey": Rule(attached=("/pass:",)),
    "netdom": Rule(attached=("/pd:", "/po:", "/passwordd:", "/passwordo:")),
    "schtasks": Rule(next_to=("/rp", "/p", "/RP", "/P")),
    "winrs": Rule(attached=("-p:", "/p:")),
    "wmic": Rule(attached=("/password:",)),
    "ktpass": Rule(next_to=("/pass", "-pass")),
    "dsadd": Rule(next_to=("-pwd",)),
    "dsmod": Rule(next_to=("-pwd",)),
    "svn": Rule(next_to=("--password",)),
    "ipmitool": Rule(next_to=("-P",)),
    "racadm": Rule(next_to=("-p",)),
    "snmpwalk": _SNMP,
    "snmpget": _SNMP,
    "snmpset": _SNMP,
    "snmpbulkwalk": _SNMP,
    "evil-winrm": Rule(next_to=("-p",)),
    "crackmapexec": Rule(next_to=("-p",)),
    "sqlplus": Rule(),
    "net": Rule(),
    "rasdial": Rule(),
    "htpasswd": Rule(),
    "wpa_passphrase": Rule(),
    "chpasswd": Rule(),
    "sudo": Rule(),
}
"""A command's name without path and ending."""

SCHEMES = ("pass:", "file:", "env:", "stdin", "fd:")
"""How OpenSSL names where a password comes from; only `pass:` holds one."""

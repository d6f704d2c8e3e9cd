"""Each detector by itself: what it finds, and what of its own field it lets through."""

import pytest

from chalicelib.domain.redaction import (
    addresses,
    columns,
    commands,
    default_logins,
    headers,
    key_blocks,
    labelled,
    network_devices,
    registries,
    sent_codes,
    services,
)
from chalicelib.domain.redaction.detectors import DETECTORS
from tests.evaluation.redaction.corpus import Case, all_cases, case_of
from tests.unit.domain.redaction.detecting import found_by

FIND = {
    "key blocks": key_blocks.find,
    "addresses": addresses.find,
    "registries": registries.find,
    "headers": headers.find,
    "network devices": network_devices.find,
    "commands": commands.find,
    "columns": columns.find,
    "labels": labelled.find,
    "sent codes": sent_codes.find,
    "services": services.find,
    "default logins": default_logins.find,
}

FOUND = {
    "default logins": [
        "iDRAC root/⟦calvin⟧ works",
        "USERID / ⟦PASSW0RD⟧",
        "pi:⟦raspberry⟧",
        "ubnt/⟦Ubnt-Otter-19⟧ on the old APs",
        "corp\\joe / ⟦Brass.Lantern6⟧",
    ],
    "key blocks": [
        "a⏎⟦-----BEGIN EC PRIVATE KEY-----⏎MHc⏎-----END EC PRIVATE KEY-----⟧⏎b",
        "⟦-----BEGIN PRIVATE KEY-----⏎MIIEow⟧",
        "⟦-----BEGIN OpenVPN Static key V1-----⏎6ace⏎-----END OpenVPN Static key V1-----⟧",
        "⟦PuTTY-User-Key-File-3: ssh-ed25519⏎Private-Lines: 1⏎AAAA⏎Private-MAC: 0f1e⟧⏎b",
    ],
    "addresses": [
        "https://joe:⟦hunter2⟧@api.example/v1",
        "postgres://joe:⟦P@ss:w0rd⟧@db.example/app",
        "https://hooks.slack.com/services/⟦T0000/B0000/XXXXXXXX⟧ is ours",
        "https://api.telegram.org/bot⟦110201543:AAHdqTcvCH1vGWJxf⟧/getMe",
        "https://f.azurewebsites.net/api/run?code=⟦Abc123Def456Ghi789Jkl012==⟧",
        "SharedAccessSignature=sv=2022-11-02&ss=b&sig=⟦abcD1234efGH5678ijKL%3D⟧",
        "psexec.py corp/joe:⟦Winter25!⟧@10.0.0.5",
    ],
    "registries": [
        '{"auths":{"reg.example":{"auth":"⟦c3ZjOlNvbW1lcg==⟧"}}}',
        "//registry.example/:_authToken=⟦abcD1234-efGH-5678⟧",
        "define('DB_PASSWORD', '⟦zomerdag1⟧');",
        'msLAPS-Password : {"n":"Administrator","t":"1db8f2c4a8e6f00","p":"⟦7vKq2mZp9Lw4Rt⟧"}',
    ],
    "headers": [
        "Authorization: Basic ⟦dXNlcjpwYXNzd29yZA==⟧",
        "Cookie: session=⟦8f3a1b2c4d5e6f70⟧; Path=/",
        "sent Bearer ⟦abc123DEF456ghi789⟧ to it",
        "AUTH PLAIN ⟦AHNjYW5uZXIAU2Nhbi0yLU1haWwh⟧",
    ],
    "network devices": [
        "snmp-server community ⟦orchard⟧ RW",
        "username joe password 0 ⟦orchard⟧",
        "line vty 0 4⏎ password ⟦orchard⟧⏎ login",
        "snmp-server user joe grp v3 auth sha ⟦Auth4Snmp!⟧ priv aes 128 ⟦Priv4Snmp!⟧",
        "set psksecret ENC ⟦gH7k2Lm==⟧",
        "    Key Content            : ⟦sommer in brussels⟧",
        "    Sleutelinhoud          : ⟦zonnebloem⟧",
        "    Schlüsselinhalt        : ⟦Sommer in Brüssel⟧",
        "    Contenu de la clé            : ⟦tournesol⟧",
    ],
    "commands": [
        "net user joe ⟦sommer⟧ /add",
        'rasdial "Office VPN" joe ⟦Brass.Lantern6⟧ /domain:corp',
        'ConvertTo-SecureString -AsPlainText -Force "⟦Brass Lantern⟧"',
        r"net use \\srv01\ipc$ ⟦Sommer2024!⟧ /user:corp\joe",
        r"PsExec64.exe \\pc7 -u adm -p '⟦Sommer 2024!⟧' cmd",
        "mysqldump -u root -p⟦hunter2⟧ shop",
        "curl -usvc:⟦Sommer2024!⟧ https://api.example",
        "docker login reg.example -u joe -p ⟦Sommer2024!⟧",
        "echo 'joe:⟦Sommer2024!⟧' | chpasswd",
        "machine api.example login joe password ⟦sommer⟧",
    ],
    "columns": [
        "| User | Password |⏎|---|---|⏎| joe | ⟦Sommer2024!⟧ |",
        "user;Kennwort⏎joe;⟦sommer⟧⏎sam;⟦winter⟧",
        "Username   Password⏎--------   --------⏎joe        ⟦Sommer2024!⟧",
        "<tr><th>User</th><th>Password</th></tr><tr><td>joe</td><td>⟦Sommer2024!⟧</td></tr>",
    ],
    "labels": [
        "Administratorkennwort: ⟦Blau3Wolke!⟧",
        "het nieuwe wachtwoord van Jan is ⟦Welkom01!⟧",
        "Clé de récupération : ⟦4f9a-77c1-b2e0-5d38⟧",
        "codice di sicurezza: ⟦471108⟧",
        "clave de acceso: ⟦Verano.2025*⟧",
        "backup codes: ⟦48291-33810⟧, ⟦99120-44718⟧",
        "user: joe / ⟦Sommer2024!⟧",
        "login joe / ⟦Welkom01!⟧",
        "Password: ⟦Welkom01!⟧ / user must change at next logon",
        "pw: ⟦Zomer01⟧ / the old one is void",
        "password: ⟦zomer⟧ / account joe",
        "PIN: ⟦482913⟧ / ext 201",
        "Password: joe / ⟦Zomer2024!⟧",
        "Password: DC01 / ⟦Zomer2024!⟧",
        "Password: ⟦Winter2024! / Zomer2024!⟧",
        "Passwords: ⟦Zomer2024!⟧ / ⟦Winter2025!⟧",
        "Duo skey: ⟦0123456789abcdef0123456789abcdef01234567⟧",
        "code de vérification : ⟦482913⟧",
        "key = ⟦q8Zx1Lm4Vt7Rb2Nc9Kp3Ws6Yd0⟧",
    ],
    "sent codes": [
        "⟦123456⟧ is your Microsoft account verification code",
        "G-⟦481922⟧ is your Google verification code.",
        "⟦482 913⟧ ist Ihr Bestätigungscode",
        "Use ⟦902144⟧ as your one-time code",
        "Enter ⟦482913⟧ to sign in",
        "Your verification code is: ⟦482 913⟧",
    ],
    "services": [
        "Access key ID,Secret access key⏎⟦AKIAIOSFODNN7EXAMPLE⟧,⟦wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY⟧",
        "⟦AKIAIOSFODNN7EXAMPLE⟧ / ⟦/JalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY⟧",
        "tried ⟦ghp_16C7e42F292c6912E7710c838347Ae178B4a⟧, no",
        "⟦123456-234567-345678-456789-567890-678901-789012-890123⟧",
        "⟦ABCDE-12345-FGHIJ-67890-KLMNO⟧",
        "hash ⟦$2b$12$abcdefghijklmnopqrstuv⟧",
        "Administrator:500:⟦aad3b435b51404eeaad3b435b51404ee:31d6cfe0d16ae931b73c59d7e0c089c0⟧:::",
    ],
}

LET_THROUGH = {
    "default logins": ["/opt/root/calvin/x", "root/calvin.txt", "groot/calvin", "root/user"],
    "key blocks": ["-----BEGIN CERTIFICATE-----⏎MIID⏎-----END CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----"],
    "addresses": [
        "https://jira.example/issues/?key=PROJ-1234",
        "https://kb.example/?code=4411",
        "https://hooks.slack.com is blocked",
        "https://joe:$PASSWORD@api.example",
        "mail joe@acme.example at 10:30",
        "git@git.example:acme/app.git",
    ],
    "registries": ['"auth": "none"', "_auth=${NPM_AUTH}"],
    "headers": [
        "Authorization: denied",
        "Cookie: SameSite=None is missing",
        "Visual Basic 6.0.97.8244 runtime",
        "Bearer token missing",
        "auth plain authentication is off, PLAIN AHNjYW5uZXIAU2Nhbi0y",
    ],
    "network devices": [
        "snmp-server community is missing",
        "enable password prompt does not appear",
        "crypto key generate rsa modulus 2048",
        " password expired",
        "    Security key           : Present",
    ],
    "commands": [
        "net user joe * /domain",
        "rasdial returned error 691",
        "net use fails with system error 1326",
        "mysql -u root -p shop",
        "docker run -p 8080:80 nginx",
        "ssh -p 2222 joe@10.0.0.5",
        "ConvertTo-SecureString $plain -AsPlainText",
    ],
    "columns": ["Sorry, password⏎thanks, Peter", "| Password | Notes |⏎|---|---|⏎| expired | 0xC000006A |"],
    "labels": [
        "Password: expired / locked",
        "$labels = ('password', 'user')",
        "Registry key: HKLM\\SYSTEM",
        "Kennwortrichtlinie: streng",
        "password_policy=strict9",
        "key: PROJ-1234",
    ],
    "sent codes": [
        "4625 is the event, 0x18 the failure code",
        "1603 is your error code",
        "5001 is your extension, not the door code",
        "Use 443 for the portal and 8443 for the code",
        "Enter 2048 as the size",
        "security code 12-123 456-7 of the part",
    ],
    "services": ["sk-bratislava-dc01 is down", "SG. of 2026", "ghp_ is a prefix", "serial 123456-234567"],
}


def cases(lines: dict[str, list[str]]) -> list[object]:
    """One case for each line, named by its detector and itself."""
    return [pytest.param(name, case_of(name, line), id=f"{name}: {line}") for name in lines for line in lines[name]]


@pytest.mark.parametrize(("name", "case"), cases(FOUND))
def test_detector_finds_the_secret_and_nothing_else(name: str, case: Case) -> None:
    assert found_by(FIND[name], case.text) == [case.text[start:end] for start, end in case.secrets]


@pytest.mark.parametrize(("name", "case"), cases(LET_THROUGH))
def test_detector_lets_evidence_through(name: str, case: Case) -> None:
    assert found_by(FIND[name], case.text) == []


def test_every_detector_has_cases_of_its_own() -> None:
    names = [detector.name for detector in DETECTORS]

    assert list(FIND) == names
    assert set(FOUND) == set(LET_THROUGH) == set(names)


@pytest.mark.parametrize("group", ["commands", "network", "addresses", "containers", "key blocks"])
def test_corpus_has_secrets_that_only_their_detector_finds(group: str) -> None:
    name = {"network": "network devices", "containers": "registries"}.get(group, group)
    texts = [case.text for case in all_cases() if case.group == group and case.secrets]

    alone = [text for text in texts if found_by(FIND[name], text) and not found_by(labelled.find, text)]
    assert len(alone) >= 3

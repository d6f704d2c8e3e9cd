"""Words that announce a secret, in English, German, Dutch, French, Spanish and Italian."""

from enum import Enum
from typing import NamedTuple

from chalicelib.domain.redaction.spans import Kind


class Strength(Enum):
    """How much a label proves: after some a plain word is a secret, after others only what looks like one."""

    STRONG = "strong"
    WEAK = "weak"
    NUMBER = "number"
    PHRASE = "phrase"
    LIST = "list"
    PAIR = "pair"


STRONG, WEAK, NUMBER, PHRASE, LIST, PAIR = Strength
"""The members by themselves: the look-up in the enumeration takes longer than the rest of most judgments."""


class Label(NamedTuple):
    """What a word announces."""

    kind: Kind
    strength: Strength


_PASSWORD = Label(Kind.PASSWORD, Strength.STRONG)
_PASSWORDS = Label(Kind.PASSWORD, Strength.LIST)
_PHRASE = Label(Kind.PASSWORD, Strength.PHRASE)
_CREDENTIALS = Label(Kind.CREDENTIALS, Strength.LIST)
_PIN = Label(Kind.PIN, Strength.NUMBER)
_CODE = Label(Kind.CODE, Strength.NUMBER)
_CODES = Label(Kind.CODE, Strength.LIST)
_SECRET = Label(Kind.SECRET, Strength.WEAK)
_TOKEN = Label(Kind.TOKEN, Strength.WEAK)
_KEY = Label(Kind.KEY, Strength.WEAK)
_SHARED_KEY = Label(Kind.KEY, Strength.STRONG)

WORDS = {
    **dict.fromkeys(
        "password passwd mdp ww passwort kennwort wachtwoord paswoord contrasena pwd pw pass passcode "
        "passord losenord kodeord admpwd cpassword requirepass storepass keypass passwordd passwordo clave "
        "ugfzc3dvcmq6".split(),  # the last is what a mail server asks: `Password:` in Base64
        _PASSWORD,
    ),
    **dict.fromkeys(
        "passwords passworter passwoerter kennworter kennwoerter wachtwoorden contrasenas".split(), _PASSWORDS
    ),
    **dict.fromkeys("passphrase passphrases mnemonic".split(), _PHRASE),
    **dict.fromkeys(
        "creds credentials zugangsdaten anmeldedaten logindaten inloggegevens identifiants credenciales credenziali "
        "logins".split(),
        _CREDENTIALS,
    ),
    **dict.fromkeys("pin puk".split(), _PIN),
    **dict.fromkeys("otp totp tan einmalcode einmalpasswort einmalkennwort".split(), _CODE),
    **dict.fromkeys("secret secrets skey geheimnis geheim segreto secreto".split(), _SECRET),
    **dict.fromkeys("token jeton".split(), _TOKEN),
    "laps": Label(Kind.PASSWORD, Strength.WEAK),
    **dict.fromkeys("psk psksecret presharedkey keymaterial".split(), _SHARED_KEY),
    **dict.fromkeys("apikey apitoken accesskey accountkey secretkey privatekey sharedaccesskey".split(), _KEY),
    **dict.fromkeys("identitytoken registrytoken authtoken sessionid".split(), _TOKEN),
}
"""Words that announce by themselves."""

ENDINGS = {
    word: WORDS[word]
    for word in "password passwd passwort kennwort wachtwoord contrasena passphrase passcode pwd secret token "
    "apikey accesskey accountkey secretkey privatekey presharedkey storepass passworter wachtwoorden".split()
} | dict.fromkeys(("schlussel", "schluessel", "sleutel"), _KEY)
"""Words that announce at the end of a longer one, as in `Administratorkennwort` and `clientSecret`."""

NOT_LABELS = frozenset(
    "primarschlussel primaerschluessel fremdschlussel registrierungsschlussel registryschlussel hauptschlussel "
    "publickey bypass compass htpasswd".split()
)

KEY_NOUNS = frozenset("key keys schlussel schluessel sleutel".split())
KEY_QUALIFIERS = frozenset(
    "api access account encryption license licence private product recovery secret master storage function functions "
    "subscription activation auth signing session authorization security decryption hmac bitlocker client "
    "lizenz produkt zugriffs wiederherstellungs licentie product herstel toegangs datenbank".split()
)
SHARED_KEY_QUALIFIERS = frozenset(
    "shared preshared peer psk wpa wpa2 wpa3 wifi fi wlan wireless netzwerk netwerk network vpn ipsec ike "
    "radius".split()
)

HEAD_NOUNS = {"cle": _KEY, "cles": _KEY, "chiave": _KEY, "chiavi": _KEY, "llave": _KEY}
"""Nouns whose qualifiers come after them, as in `clé Wi-Fi`; without one they say little."""

JOINTS = "de del della dello di d da la le l des du".split()
MODIFIERS = (
    "acceso acces accesso api wifi wi fi wpa wpa2 wpa3 wlan red reseau rete seguridad securite sicurezza licencia "
    "licence licenza producto produit prodotto recuperacion recuperation recupero compartida partagee condivisa "
    "secreta secrete segreta privada privee privata activacion activation attivazione nueva nuevo nouveau "
    "nouvelle nuova temporal temporaire temporanea value valeur valor valore wert string provisoire provisional "
    "verification verificacion verifica confirmation confirmacion "
    "provvisoria utente usuario utilisateur amministratore administrateur administrador maestra maitre"
).split()
"""What may follow a label, in French, Spanish and Italian behind joints, as in `clave de acceso`."""

AFTER = {
    "passe": (("mot de", _PASSWORD), ("mots de", _PASSWORDS), ("phrase de", _PHRASE)),
    "ordine": (("parola d", _PASSWORD),),
    "chiave": (("parola", _PASSWORD),),
    "community": (("snmp", Label(Kind.COMMUNITY, Strength.STRONG)),),
    "string": (("community", Label(Kind.COMMUNITY, Strength.STRONG)),),
    "content": (("key", _SHARED_KEY),),
    "answer": (("security", Label(Kind.SECRET, Strength.WEAK)),),
    "phrase": (("seed", _PHRASE), ("recovery", _PHRASE), ("pass", _PHRASE), ("wallet", _PHRASE)),
    "word": (("pass", _PASSWORD),),
    "seed": tuple((word, _SECRET) for word in ("totp", "otp", "mfa", "2fa")),
    "code": tuple(
        (word, _CODE)
        for word in (
            "mfa otp 2fa sms backup unlock recovery verification bypass authenticator reset puk tan pin access "
            "security door alarm entry panel keypad gate safe garage lock lockbox voicemail"
        ).split()
    ),
    "codes": tuple((word, _CODES) for word in "mfa otp 2fa backup unlock recovery scratch bypass".split()),
    "antwort": (("sicherheits", Label(Kind.SECRET, Strength.WEAK)),),
}
"""Words that announce only after others."""

SPLIT = {"w": ("p/", _PASSWORD), "p": ("u/", _CREDENTIALS)}
"""Single letters that announce only behind what is given, as in `p/w` and `u/p`."""
BEHIND_USER = Label(Kind.PASSWORD, Strength.STRONG)
"""What `p:` announces behind `u: name`."""

COMPOUNDS = {"sicherheitsantwort": _SECRET, "wiederherstellungsphrase": _PHRASE} | dict.fromkeys(
    "freischaltcode entsperrcode sicherheitscode bestatigungscode zugangscode zugriffscode pincode toegangscode "
    "verificatiecode einmalcode passcode".split(),
    _CODE,
)

CODE_NOUNS = frozenset("code codes codice codigo".split())
"""Words that announce only with a modifier behind them, as in `code wifi` and `codice di sicurezza`."""

ACCOUNTS = frozenset(
    "login zugang user username account benutzer benutzername gebruiker gebruikersnaam utilisateur usuario "
    "utente".split()
)
"""Words for an account, behind which `name / secret` stands."""

"""Words that people use around labels: states, carriers between a label and its value, units."""

STATES = frozenset(
    # English
    "a an the and or if when not no none nothing never null nil n/a unknown empty blank missing required optional he "
    "she it they we i you user users is was are were has have had must should can cannot could will would to see ask "
    "asks asked ok yes done true false set unset reset changed expired expires revoked rejected accepted valid invalid "
    "right wrong correct incorrect same works worked fails failed failing locked unlocked disabled enabled denied "
    "blocked forgotten lost saved stored written sent received in on at by for of from with without after before "
    "because but so this that these those there prompt prompts mismatch error errors issue problem policy length age "
    "change changes changing needed unchanged new old ours mine his her their default stopped running cleared cached "
    "strict healthy weak strong short long updated removed deleted rotated synced pending ready unavailable available "
    "hidden redacted masked removed omitted confidential private public protected secure encrypted undefined "
    "string int integer bool boolean number object array securestring text bearer basic digest negotiate ntlm kerberos "
    "please check try tried type typed enter entered use used using again still also only just yet already provided "
    "needs need does did do not be been being cannot can't won't doesn't didn't isn't wasn't n.a tbd todo ask "
    "authentication authorization unauthorized forbidden hash sync logon login reset: event status code message "
    # German
    "der die das ein eine und oder wenn nicht kein keine keiner nichts nie unbekannt leer fehlt fehlend erforderlich "
    "ist war sind wird wurde wurden hat muss soll kann darf nein ja abgelaufen lauft laeuft gesperrt entsperrt falsch "
    "richtig korrekt ungultig ungueltig gultig gueltig geandert geaendert zuruckgesetzt zurueckgesetzt vergessen "
    "abgelehnt akzeptiert aktiviert deaktiviert gesetzt gespeichert hinterlegt siehe fehler ereignis bitte im in auf "
    "vom von fur fuer nach bei mit ohne per gleich wie immer noch nochmal bekannt verloren gesendet geschickt "
    # Dutch
    "de het een en of als niet geen niets nooit onbekend leeg ontbreekt vereist zijn wordt werd heeft moet mag kan nee "
    "verlopen verloopt geblokkeerd vergrendeld onjuist juist fout ongeldig geldig gewijzigd vergeten geweigerd "
    "opgeslagen zie ingesteld aan op van voor bij met zonder uit naar hetzelfde "
    # French
    "le la les un une et ou si pas non aucun aucune rien jamais inconnu inconnue vide manquant requis est etait sont "
    "a ete doit peut oui expire expiree verrouille bloque bloquee faux incorrecte invalide valide modifie change "
    "oublie refuse refusee accepte desactive active enregistre voir erreur dans sur par pour sans apres avec meme "
    # Spanish
    "el los las una y o si no ningun ninguna nada nunca desconocida vacia falta obligatoria era son ha fue debe puede "
    "caducada caducado expirada bloqueada bloqueado incorrecta incorrecto correcta invalida valida cambiada cambiado "
    "olvidada rechazada aceptada deshabilitada guardada ver en por para sin despues con misma "
    # Italian
    "il lo gli uno e o se non nessuno nessuna niente mai sconosciuta vuota mancante richiesta era sono stata stato "
    "deve puo scaduta scaduto bloccata bloccato errata errato corretta non-valida valida cambiata dimenticata "
    "rifiutata accettata disabilitata salvata vedi nel nella su per senza dopo con stessa".split()
)
"""First words of a remark: what follows a label then says how the secret is, not what it is."""

CARRIERS = frozenset(
    "is was now set changed reset to has been be new temp temporary temporarily updated as currently again ist "
    "war lautet jetzt nun auf neu geandert est etait maintenant es era ahora e ora nu werd wordt wurde werd wordt "
    "fue ete stata zuruckgesetzt gesetzt vergeben ingesteld gewijzigd gereset modifie reinitialise cambiada "
    "restablecida cambiata reimpostata became becomes equals named called c'est cest sera devient shows gives".split()
)
"""Words that may stand between a label and its value."""

TARGETS = frozenset(
    "for of on at from the a an his her their our my admin fur fuer von vom van voor de du pour di per den dem der die "
    "das the le la el il het".split()
)
"""Words after which somebody or something is named that the secret belongs to, not the secret."""

CHANGES = ("chang", "reset", "set ", "updat", "ander", "setz", "wijzig", "modif", "cambi", "new ", "neu")
"""Beginnings of verbs after which `password to X` names the value."""

UNITS = frozenset(
    "day days tag tage tagen dagen jour jours dia dias giorni hour hours stunden minute minutes minuten week weeks "
    "month months year years character characters char chars zeichen tekens caracteres caratteri digit digits ziffer "
    "ziffern ziffer attempts attempt versuche versuchen pogingen times mal users user errors error events failures "
    "seconds bytes bits bit passwords more or of".split()
)

PROPERTIES = frozenset(
    "version id name type hash identifier lifetime expiry thumbprint fingerprint count length age size file path url "
    "endpoint policy history hint error".split()
)
"""What a label has beside its value: `secret version: …` names no secret."""

VALUE_FOLLOWERS = frozenset(
    "and und en et y e but aber then dann works funktioniert geht ok or oder instead now from with for fur user "
    "username server host login since".split()
)
"""Words that may follow a plain word which is a secret: after others it is the first word of a sentence."""

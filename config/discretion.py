"""What a log must not keep: the secret part of an address by which somebody answers or signs in."""

import logging
import re

_SECRET = re.compile(
    r"(/mes-avis/|/mes-courriels/|/calendrier/abonnement/|/comites/attentes/|/connexion/(?:lien|mot-de-passe)/)[^\s?\"'»]+"
)


class WithoutSecrets(logging.Filter):
    """A refused form of a link is worth a line; its token would open the same desk to whoever reads the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        hidden = _SECRET.sub(r"\1…", said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True

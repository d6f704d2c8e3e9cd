"""Sign a message with the Standard Webhooks library for Python; what to sign comes from the environment."""

import json
import os
from datetime import UTC, datetime

from standardwebhooks.webhooks import Webhook

at = int(os.environ["AT"])
signature = Webhook(os.environ["SECRET"]).sign(os.environ["ID"], datetime.fromtimestamp(at, UTC), os.environ["BODY"])
print(json.dumps({"signature": signature}))

"""`python -m infra.local.post_office --port 4595`: serves until stopped."""

import argparse
import threading

from infra.local.post_office import PostOffice
from infra.local.post_office.mail_server import MailServer
from infra.local.post_office.mail_service import MailService
from infra.local.post_office.sms_service import SmsService


def main() -> None:
    """Serve until stopped."""
    options = argparse.ArgumentParser(description="Receives what leaves the stack.")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=4595)
    options.add_argument("--mail-port", type=int, default=4596)
    options.add_argument(
        "--endpoint-url",
        help="the emulator's, to hand on calls of SES and SNS, list SMS, and say what became of e-mails",
    )
    chosen = options.parse_args()
    with (
        PostOffice(chosen.host, chosen.port) as server,
        MailServer(server.mailbox, chosen.host, chosen.mail_port) as mail,
    ):
        if chosen.endpoint_url:
            server.mailbox.emulator_url = chosen.endpoint_url
            server.mailbox.says_later = MailService(chosen.endpoint_url).say_later
            server.mailbox.collect = SmsService(chosen.endpoint_url, server.mailbox).collect
        threading.Thread(target=mail.serve_forever, daemon=True).start()
        print(f"The post office listens at {server.url}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()

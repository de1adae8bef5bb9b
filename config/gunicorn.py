"""The web server of `make run`: two processes, four threads each, and nothing left behind."""

import os

wsgi_app = "config.wsgi:application"
bind = f"{os.environ.get('JALONS_ADDRESS', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = 2
threads = 4
timeout = 120  # seconds: an export of ten thousand dossiers takes its time
graceful_timeout = 5
loglevel = "warning"
control_socket_disable = True  # because it would leave a file in the user's home


def when_ready(server) -> None:
    """Print the address only once the port answers."""
    host, port = server.LISTENERS[0].sock.getsockname()[:2]
    print(f"\nJalons répond sur http://{host}:{port}/ — Ctrl-C pour arrêter.", flush=True)

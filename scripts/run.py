"""`make run`: the pages and the worker together, on the demonstration in var/; Ctrl-C stops both."""

import os
import signal
import socket
import subprocess
import sys
import time

from scripts import embedded

HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = int(os.environ.get("PORT") or 8000)
PATIENCE = 10  # seconds in which both may finish what they are doing


def main():
    embedded.refuse_production()
    if taken():
        raise SystemExit(f"Port {PORT} is in use: choose another one, as in `make run PORT=8001`.")
    with embedded.held(alone=False):
        if not embedded.DATABASE.exists():
            print("There is no story yet (`make demo` plays one): starting empty.", flush=True)
        embedded.manage("migrate", "--verbosity", "0")
        (embedded.VAR / "static").mkdir(exist_ok=True)  # WhiteNoise warns where there is none
        return serve()


def serve():
    """Start both, wait until one ends or somebody stops us, stop both; the exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    environment = embedded.environment() | {"SITE_URL": os.environ.get("SITE_URL") or f"http://localhost:{PORT}"}
    commands = {
        "The server": [sys.executable, "-m", "gunicorn", *SERVER, "config.wsgi"],
        "The worker": [sys.executable, "manage.py", "work"],
    }
    # Sessions of their own: Ctrl-C reaches only this process, which then stops both in an orderly way.
    processes = {
        name: subprocess.Popen(command, env=environment, start_new_session=True) for name, command in commands.items()
    }
    print(f"Partnerloket is at http://localhost:{PORT}/ (Ctrl-C stops it).", flush=True)
    try:
        return watch(processes)
    except KeyboardInterrupt:
        print("\nStopping.", flush=True)
        return 0
    finally:
        stop(processes.values())


SERVER = [f"--bind={HOST}:{PORT}", "--workers=2", "--threads=4", "--log-level=warning", "--no-control-socket"]


def watch(processes):
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                print(f"{name} stopped by itself (exit code {process.returncode}).", file=sys.stderr)
                return 1
        time.sleep(0.3)


def stop(processes):
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def taken():
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError:
            return True
    return False


if __name__ == "__main__":
    sys.exit(main())

"""The web server: read by gunicorn when it starts in this folder (`make run`, Procfile, Dockerfile)."""

import os

from config.environment import integer, text

host = text("HOST", default="127.0.0.1")
bind = f"{f'[{host}]' if ':' in host else host}:{integer('PORT', default=8000, maximum=65535)}"
workers = integer("WEB_CONCURRENCY", default=2, maximum=64)
threads = 4
preload_app = True  # one import for all workers, and a start that fails at once, with its sentence
timeout = 60
graceful_timeout = 20
max_requests = 2000
max_requests_jitter = 200
loglevel = "warning"
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - the heartbeat, off the disk

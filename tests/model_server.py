"""Serve a .gguf file on 127.0.0.1 as an OpenAI-compatible endpoint until stdin is closed.

Run by ``tests/graph/test_real_model.py`` with an interpreter that has ``xllamacpp``:
``python tests/model_server.py MODEL.gguf [THREADS]``. Prints the address when it is ready.
"""

from __future__ import annotations

import os
import sys

import xllamacpp


def parameters(model: str, threads: int) -> xllamacpp.CommonParams:
    """One slot, a free port, nothing fetched from elsewhere."""
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx, params.n_parallel = 8192, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.use_jinja = True
    params.offline = True
    params.ui = False
    return params


if __name__ == "__main__":
    threads = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    server = xllamacpp.Server(parameters(sys.argv[1], threads))
    print(server.listening_address, flush=True)
    sys.stdin.read()
    # The native server has no orderly stop: its threads would keep the process alive.
    os._exit(0)

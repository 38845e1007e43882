"""The process that holds the store of today in memory, and forks a worker whenever one is wanted.

A forked worker shares that memory and is there in milliseconds. The nurse has one thread and opens
no store on disk, whose threads a fork would not survive; it tells the server which workers were
born, and which died of what.
"""

from __future__ import annotations

import gc
import os
import selectors
import signal
import socket
import sys

from pyoxigraph import RdfFormat, Store

from omissus.http.child import work
from omissus.http.jobs import BORN, DEAD, NEWS, READY
from omissus.http.worker import Held, Stores, held


def _in_memory(quads: str) -> Held:
    store = Store()
    store.bulk_load(path=quads, format=RdfFormat.N_QUADS)
    return held(store)


def nurse(control: socket.socket, seconds: float, most_memory: int, store: str, quads: str) -> None:
    """Fork workers for the server until it is gone.

    The file `quads` holds what the store in the folder `store` does; it is "" where there is none.

    Each byte that comes on `control` is a wish for a worker, and carries the worker's socket.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when all is over
    stores = Stores()
    if quads:
        stores.keep(store, _in_memory(quads))
    gc.collect()
    gc.freeze()  # so that a worker's collector does not touch, and thereby copy, this memory
    ours, woken = socket.socketpair()
    for end in (ours, woken):
        end.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)
    control.sendall(NEWS.pack(READY, 0, 0))
    with selectors.DefaultSelector() as selector:
        selector.register(control, selectors.EVENT_READ)
        selector.register(ours, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is ours:
                    ours.recv(4096)
                    _report_deaths(control)
                    continue
                wish, channels, _, _ = socket.recv_fds(control, 1, 1)
                if not wish:
                    return
                child = os.fork()
                if not child:
                    selector.close()
                    for end in (control, ours, woken):
                        end.close()
                    _be_worker(channels[0], stores, seconds, most_memory)
                os.close(channels[0])
                control.sendall(NEWS.pack(BORN, child, 0))


def _report_deaths(control: socket.socket) -> None:
    while True:
        try:
            child, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not child:
            return
        control.sendall(NEWS.pack(DEAD, child, os.waitstatus_to_exitcode(status)))


def _be_worker(channel: int, stores: Stores, seconds: float, most_memory: int) -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        work(socket.socket(fileno=channel), stores, seconds, most_memory)
    finally:
        os._exit(0)  # what the nurse would clear away when it ends is not the worker's


def _main(channel: str, seconds: str, most_memory: str, store: str, quads: str) -> None:
    control = socket.socket(fileno=int(channel))
    nurse(control, float(seconds), int(most_memory), store, quads)


if __name__ == "__main__":
    _main(*sys.argv[1:])

"""Sends each TEXT, with a NUL, as a message of type 1. Usage: send.py KEY TEXT..."""
import os, sys, sysv_ipc
queue = sysv_ipc.MessageQueue(int(sys.argv[1], 0))
for text in sys.argv[2:]:
    queue.send(os.fsencode(text) + b"\0", type=1)

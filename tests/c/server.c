/*
 * The server's peer in C: it speaks the wire format that the Rust server has to get along with, a long and then
 * 256 bytes of text, and prints the same lines. It is kept in the manner of C tutorials (one printf a message,
 * nothing caught, nothing escaped), so that it can serve as a peer in the tests and as the yardstick for speed.
 *
 * server [KEY]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>

struct message {
    long type;
    char text[256];
};

int main(int argc, char **argv)
{
    key_t key = argc > 1 ? (key_t)strtol(argv[1], NULL, 0) : 1234;
    struct message msg;

    int queue = msgget(key, IPC_CREAT | 0600);
    if (queue == -1) {
        perror("msgget");
        return 1;
    }
    puts("Server: Message queue created. Waiting for messages...");
    fflush(stdout); /* this one line is what a test waits for, even when it reads from a pipe */

    for (;;) {
        ssize_t length = msgrcv(queue, &msg, sizeof msg.text, 0, 0);
        if (length == -1) {
            perror("msgrcv");
            return 1;
        }
        /* Only as much as came is text: behind it the last message still stands, and a NUL may be missing. */
        if ((size_t)length < sizeof msg.text)
            msg.text[length] = '\0';
        printf("Server received: %.*s\n", (int)sizeof msg.text, msg.text);
        if (strncmp(msg.text, "exit", sizeof msg.text) == 0)
            break;
    }
    puts("Server shutting down...");

    if (msgctl(queue, IPC_RMID, NULL) == -1) {
        perror("msgctl");
        return 1;
    }
    return 0;
}

/*
 * The client's peer in C: every line goes out as all 256 bytes of the array, whatever still stands behind its NUL,
 * as tutorials do it. The end of input ends it and leaves the server running; "exit" ends both.
 *
 * client [KEY]
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
    struct message msg = {.type = 1}; /* stale bytes go out, but never what the stack held before */

    int queue = msgget(key, 0600);
    if (queue == -1) {
        perror("msgget");
        return 1;
    }
    puts("Client: Connected to message queue. Type your messages (type 'exit' to quit):");

    for (;;) {
        printf("> ");
        if (fgets(msg.text, sizeof msg.text, stdin) == NULL)
            break;
        msg.text[strcspn(msg.text, "\n")] = '\0';
        if (msgsnd(queue, &msg, sizeof msg.text, 0) == -1) {
            perror("msgsnd");
            return 1;
        }
        if (strcmp(msg.text, "exit") == 0)
            break;
    }
    puts("Client exiting...");
    return 0;
}

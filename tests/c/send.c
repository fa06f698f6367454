/* Sends each TEXT, with its NUL, as a message of type 1. Usage: send KEY TEXT... */
#include <errno.h>
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
    struct message msg = {.type = 1};
    if (argc < 3)
        return 2;
    int queue = msgget((key_t)strtol(argv[1], NULL, 0), 0200);
    if (queue == -1) {
        perror("msgget");
        return 1;
    }

    for (int i = 2; i < argc; i++) {
        size_t size = strlen(argv[i]) + 1; /* the NUL is sent, the long is not counted */
        if (size > sizeof msg.text) {
            fprintf(stderr, "not sent, longer than 255 bytes: %s\n", argv[i]);
            return 1;
        }
        memcpy(msg.text, argv[i], size);
        while (msgsnd(queue, &msg, size, 0) == -1) {
            if (errno != EINTR) {
                perror("msgsnd");
                return 1;
            }
        }
    }
    return 0;
}

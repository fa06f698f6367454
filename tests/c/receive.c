/* Makes a queue, prints what arrives until a message is "exit", and removes the queue. Usage: receive KEY */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>

struct message {
    long type;
    char text[8192];
};

int main(int argc, char **argv)
{
    static struct message msg;
    if (argc != 2)
        return 2;
    int queue = msgget((key_t)strtol(argv[1], NULL, 0), IPC_CREAT | IPC_EXCL | 0600);
    if (queue == -1) {
        perror("msgget");
        return 1;
    }
    puts("ready");
    fflush(stdout);

    int status = 0;
    for (;;) {
        ssize_t length = msgrcv(queue, &msg, sizeof msg.text, 0, 0); /* not sizeof msg */
        if (length == -1 && errno == EINTR)
            continue;
        if (length == -1) {
            perror("msgrcv");
            status = 1;
            break;
        }
        int text = (int)strnlen(msg.text, (size_t)length); /* the NUL may be missing */
        printf("type %ld: %.*s\n", msg.type, text, msg.text);
        if (text == 4 && memcmp(msg.text, "exit", 4) == 0)
            break;
    }

    if (msgctl(queue, IPC_RMID, NULL) == -1) {
        perror("msgctl");
        status = 1;
    }
    return status;
}
